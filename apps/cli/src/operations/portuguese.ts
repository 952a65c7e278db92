import type { english } from "./english.ts";

export const portuguese: typeof english = {
  drain: "não aceita novas transferências em um banco, e termina as abertas",
  resume: "deixa seguir um nó congelado, e volta a aceitar transferências após um esvaziamento",
  safeToStop: "diz se alguém esperaria por este banco se ele parasse agora",
  wait: "segundos a esperar até ser seguro parar (senão 0)",
  draining: (bank: string) =>
    `O banco ${bank} não aceita novas transferências; "pacto bank resume ${bank}" volta a aceitar`,
  inService: (bank: string) => `O banco ${bank} aceita novas transferências`,
  safe: (bank: string) => `Pode parar: ninguém esperaria pelo banco ${bank}`,
  notDrained: (bank: string) =>
    `Ainda não pode parar: o banco ${bank} aceita novas transferências. Antes: pacto bank drain ${bank}`,
  recovering: (bank: string) =>
    `Ainda não pode parar: o banco ${bank} reaprende com os outros o que falta na cópia dele`,
  stillOpen: (coordinating: number, inDoubt: number) =>
    `Ainda não pode parar: coordena ${coordinating} transferências abertas, e ${inDoubt} ramos esperam por outro banco`,
  mode: "modo",
  modes: { normal: "em serviço", draining: "esvaziando", recovering: "em recuperação" },
  coordinating: "coordena",
  inDoubt: "em dúvida",
  next: "A SEGUIR",
  coordinatorTells: (bank: string) => `${bank} responde e diz sua decisão`,
  witnessesDecide: (banks: string, needed: number) =>
    `as testemunhas ${banks} decidem sem ele (bastam ${needed})`,
  witnessesMissing: (missing: number, banks: string) =>
    `espera pelo coordenador, ou por mais ${missing} das testemunhas ${banks}`,
  coordinatorAway: (bank: string) =>
    `espera que ${bank} volte ou que outro participante saiba; forçar exige duas pessoas (pacto heuristic)`,
  holdsMoney: "As reservas ficam até haver decisão: nenhum prazo as libera.",
  heuristic: "força um ramo em dúvida: duas pessoas, um motivo, e só quando ninguém sabe dizer",
  request: "pede, como a primeira de duas pessoas",
  list: "lista os pedidos, o mais novo primeiro",
  approve: "concorda, como a segunda pessoa, e força",
  decline: "recusa um pedido",
  evidence: "tudo o que há por trás: provas, pessoas, motivos, alarmes",
  transaction: "id da transferência",
  requestId: "id do pedido, ou da transferência dele",
  outcome: "commit ou abort",
  reason: "por que ninguém sabe dizer o desfecho (ao menos 10 caracteres)",
  as: "pessoa do consórcio local que o faz: ana ou bruno",
  output: "grava neste arquivo",
  badOutcome: (text: string) => `"${text}" não é um desfecho: commit ou abort.`,
  badPerson: (text: string) =>
    `"${text}" não é uma pessoa da demonstração: de 1 a 20 letras de a a z.`,
  badReason: "Um motivo tem de 10 a 500 caracteres.",
  requested: "Pedido feito; outra pessoa precisa concordar:",
  approved: (bank: string) => `Forçado só no banco ${bank}; a decisão do consórcio segue aberta`,
  declined: "Recusado; nada foi forçado",
  by: "PEDIU",
  decidedBy: "DECIDIU",
  status: "SITUAÇÃO",
  reasonHead: "MOTIVO",
  outcomeHead: "DESFECHO",
  requestHead: "PEDIDO",
  statuses: { open: "aberto", done: "forçado", withdrawn: "recusado" },
  outcomes: { commit: "efetivar", abort: "não fazer" },
  backup: "copia o banco de dados de um banco (consórcio local; o banco para por um momento)",
  backupList: "lista as cópias de um banco, a mais nova primeiro",
  restore: "põe uma cópia no lugar do banco de dados, e o banco reaprende o que lhe falta",
  backupName: "nome da cópia; `pacto backup list BANK` as lista",
  backedUp: (bank: string, name: string) => `O banco ${bank} está copiado como ${name}`,
  restored: (bank: string, name: string) =>
    `O banco ${bank} roda sobre a cópia ${name}; vota não até aprender de todos os outros o que lhe falta`,
  putAside: (name: string) => `O que havia antes fica guardado como ${name}`,
  learns: (bank: string) => `Veja em que ponto está: pacto bank safe-to-stop ${bank}`,
  notLearned:
    "Dinheiro em espécie e contas desde aquela cópia se perdem: só se reaprende o que outros bancos assinaram.",
  backupHead: "CÓPIA",
  size: "TAMANHO",
  kindHead: "TIPO",
  kinds: { backup: "cópia", replaced: "posta de lado por uma restauração" },
  written: (path: string) => `Provas gravadas em ${path}`,
};
