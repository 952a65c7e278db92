import type { FindingCode, Level } from "@pacto/testbed/doctor";
import type { doctor as english } from "./english.ts";

const findings: Record<FindingCode, string> = {
  "node-good": "Node {version}.",
  "node-old": "O Node {version} é antigo demais: instale o {oldest} ou mais novo.",
  "memory-good": "{freeMib} MiB de {totalMib} MiB de memória estão livres.",
  "memory-short":
    "Só {freeMib} MiB de {totalMib} MiB de memória estão livres: um banco ocupado precisa de 512.",
  "disk-good": "{freeMib} MiB de disco estão livres.",
  "disk-short": "Só {freeMib} MiB de disco estão livres: disco cheio para o banco. Libere espaço.",
  "files-good": "Um processo pode abrir {files} arquivos.",
  "files-few":
    "Um processo só pode abrir {files} arquivos; um banco sob carga quer {wanted} (ulimit -n).",
  "manifest-good": "O manifesto nomeia {banks} bancos e está íntegro (época {epoch}).",
  "key-good": "A chave privada é a que o manifesto nomeia ({keyId}).",
  "key-missing": "Não há chave privada em {path}: reponha-a, ou o banco não assina.",
  "key-open": "A chave privada {path} pode ser lida por outros: feche-a com chmod 600.",
  "key-unknown":
    "O manifesto não conhece a chave {keyId} de {path}: os outros bancos recusam suas assinaturas.",
  "key-malformed": "{path} não contém uma chave privada Ed25519 em PEM.",
  "database-unknown": "O banco de dados deste banco nunca foi criado aqui: inicie o banco uma vez.",
  "database-good": "PostgreSQL {version}, durável, atualizado, {sessions} sessões.",
  "database-unreachable": "O banco de dados não responde: {why}",
  "database-unsafe": "{setting} está off: transferências confirmadas podem se perder. Ponha on.",
  "checksums-off":
    "O servidor não guarda somas de verificação das páginas: um disco ruim passa despercebido.",
  "schema-behind": "Faltam {missing} migrações: o banco as aplica na próxima partida.",
  "role-mighty": "O papel de serviço pode criar tabelas: revogue CREATE no schema public.",
  "transaction-old":
    "Há uma transação aberta há {seconds} s: ela impede a limpeza de linhas antigas.",
  "prepared-left":
    "Restam {transactions} transações preparadas: elas seguram travas. O Pacto não as cria.",
  "sessions-many": "{sessions} de {most} conexões estão em uso: o próximo processo pode ficar sem.",
  "peer-good": "Pronto; respondeu em {ms} ms.",
  "peer-silent": "Não responde em {url}: está iniciado, e esta máquina o alcança?",
  "peer-not-ready":
    "Responde, mas ainda não está pronto: está iniciando, drenando ou reaprendendo.",
  "peer-database-down": "Responde, mas o seu banco de dados não.",
  "clock-skewed":
    "O relógio difere em {seconds} s: com 60 s suas mensagens são recusadas. Use NTP.",
  "in-doubt-old": "{count} ramos em dúvida, o mais antigo há {seconds} s: veja pacto in-doubt.",
  "decider-differs":
    "Ele decide por {theirs}, o manifesto diz {manifest}: ele tem outro manifesto.",
  "peer-cut-off": "Ele não alcança {other}.",
};

const levels: Record<Level, string> = { good: "ok", warning: "aviso", fault: "FALHA" };

export const doctor: typeof english = {
  result: "RESULTADO",
  about: "SOBRE",
  sentence: "ACHADO",
  summary:
    "dizer o que há de errado com esta máquina, a configuração, os bancos de dados e os bancos",
  levels,
  subjects: { machine: "máquina", configuration: "configuração", database: "dados", peer: "banco" },
  findings,
  verdict: (faults: number, warnings: number) =>
    faults + warnings === 0 ? "Nada está errado." : `${faults} falhas, ${warnings} avisos`,
};
