import type { english } from "./english.ts";

export const portuguese: typeof english = {
  group: "criar chaves de bancos e, para testes e demonstrações, certificados de um consórcio",
  member: "criar a chave de assinatura de um banco e mostrar a parte pública para o manifesto",
  authority: "criar a autoridade que responde pelos certificados dos bancos",
  certificate: "emitir o certificado de um banco para TLS mútuo entre bancos",
  bank: "id do banco no manifesto, como azul",
  folder: "onde gravar (senão ./keys); chaves recebem modo 0600",
  hosts: "nomes ou endereços da máquina do banco, separados por vírgulas",
  written: (path) => `Gravado: ${path}`,
  forManifest: "Para publicKeys do banco no manifesto, que todos os membros assinam de novo:",
  forAuthorities: "Coloque o texto de certificate.pem em authorities no manifesto.",
  rotate: "dar a um banco em operação uma nova chave de assinatura; a antiga acaba em dez minutos",
  manifest: "o manifesto que os bancos leem (senão o do consórcio local)",
  keysFolder: "pasta com BANCO/private-key.pem de cada banco (senão a do consórcio local)",
  rotated: (bank, keyId, epoch) =>
    `${bank} assina com a chave ${keyId}; o manifesto está na época ${epoch}.`,
  waiting: (banks, epoch) =>
    `Ainda não na época ${epoch} do manifesto: ${banks}. O log diz por quê; um banco pode exigir duas pessoas.`,
  toSign: (banks, path) =>
    `${path} espera as assinaturas de ${banks}; depois toma o lugar do manifesto.`,
  goOn: "Nada se perdeu: o mesmo comando continua daqui.",
  fuzz: "enviar pedidos de todo tipo a um banco próprio e conferir cada resposta com as regras",
  requests: "quantos (senão 20000)",
  seed: "quais (senão pelo relógio)",
  starting: "Iniciando dois bancos…",
  sent: (count, megabytes) => `${count} pedidos; ${megabytes} MB em uso`,
  summary: (of) =>
    `Semente ${of.seed}: ${of.requests} pedidos em ${of.seconds} s, ${of.perSecond} por segundo`,
  answers: (text) => `Respostas: ${text}`,
  reached: (reached, all) => `Procedimentos que fizeram seu trabalho: ${reached} de ${all}`,
  memory: (warm, end, peak) =>
    `Memória: ${warm} MB após um quarto, ${end} MB no fim, ${peak} MB no máximo`,
  finding: (problem, request) => `ACHADO: ${problem}: ${request}`,
  brokenLaw: (id) => `QUEBRADA: ${id}`,
  pass: "PASSOU: nenhum erro do próprio nó, nada dito que não devia, todas as leis valem",
  fail: (count) => `FALHOU: ${count} achados`,
};
