import type { english } from "./english.ts";

export const portuguese: typeof english = {
  group: "o que foi feito, e se o histórico ainda diz o mesmo",
  list: "lista o que foi feito, do mais novo ao mais antigo",
  verify: "acha cada linha editada, removida ou acrescentada, nos bancos ou em exportações",
  export: "exporta a cadeia selada de um banco, para ser verificada em qualquer lugar",
  actor: "quem fez: azul/3f…, ou parte",
  action: "o quê: cash.deposit, ou o começo",
  home: "banco que responde por quem fez",
  subject: "sobre o quê: uma conta, um cliente, uma transferência",
  from: "não antes deste instante (2026-11-30T12:00:00.000Z)",
  to: "não depois deste instante",
  csv: "grava uma tabela para planilha neste arquivo",
  files: "exportações a verificar sem os bancos (senão todos são consultados)",
  manifest: "manifesto com as chaves públicas dos bancos (senão o do consórcio local)",
  output: "arquivo a gravar",
  columns: { at: "quando", actor: "quem", action: "o quê", subject: "sobre", address: "de onde" },
  written: (path, blocks, rows) => `${blocks} blocos com ${rows} linhas gravados em ${path}`,
  eventsWritten: (path, lines) => `${lines} linhas gravadas em ${path}`,
  truncated: "Há mais do que cabe em um arquivo: restrinja o filtro.",
  noFile: (path) => `Não é possível ler o arquivo ${path}.`,
  notWritten: (path) => `Não é possível gravar o arquivo ${path}.`,
  notExport: (path) => `${path} não é uma exportação de auditoria.`,
  sound: (bank, blocks, rows, held) =>
    `OK    ${bank}: ${blocks} blocos, ${rows} linhas como foram seladas; ${held} bancos têm os mesmos cabeçalhos`,
  soundFile: (bank, blocks, rows, cosigned) =>
    `OK    ${bank}: ${blocks} blocos, ${rows} linhas como foram seladas; ${cosigned} blocos assinados por mais dois bancos`,
  row: (bank, block, row, what) => `FALHA ${bank}, bloco ${block}: ${row} foi ${what}`,
  unsound: (bank, block) =>
    `FALHA ${bank}, bloco ${block}: o cabeçalho não é o que foi assinado depois do bloco anterior`,
  differs: (bank, block, holder) =>
    `FALHA ${bank}, bloco ${block}: o banco ${holder} tem outro cabeçalho, assinado por ${bank}`,
  shortened: (bank, block, holder) =>
    `FALHA ${bank}: o banco ${holder} tem o bloco ${block}, que ${bank} não mostra`,
  what: { edited: "editada", removed: "removida", reordered: "movida", added: "acrescentada" },
};
