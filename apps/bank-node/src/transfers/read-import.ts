import { isAccountNumber, parseReais } from "@pacto/banking";
import { IMPORT_LINES_MAX, type PlannedTransfer, type Refusal } from "@pacto/contract";
import { parse } from "csv-parse/sync";
import { splitIntoBranches } from "./split-into-branches.ts";

export interface ReadLine {
  /** As an editor counts: the header is line 1. */
  readonly line: number;
  readonly transfer: PlannedTransfer | null;
  readonly refusal: Refusal | null;
}

interface Home {
  /** The bank of accounts that name none. */
  readonly bank: string;
  readonly members: ReadonlySet<string>;
}

const COLUMNS = ["from", "to", "amount", "purpose"] as const;
const PURPOSE_MAX = 140;
/** Control characters are refused, so that logs and screens stay whole. */
const READABLE = /^[^\p{Cc}\p{Cs}]*$/u;

interface Row {
  readonly record: Readonly<Record<string, string | undefined>>;
  readonly info: { readonly lines: number };
}

/**
 * Reads a file of transfers, a line each: `from,to,amount,purpose`, commas or semicolons, accounts
 * as `BANK/NUMBER` (or `NUMBER` at this bank), amounts as people write them. Every line is told
 * apart; a file that is no such table is one refusal.
 */
export function readImport(csv: string, home: Home): ReadLine[] | Refusal {
  let rows: Row[];
  try {
    rows = parse(csv, {
      bom: true,
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      // "200,00" stands unquoted where semicolons separate.
      delimiter: (csv.split("\n", 1)[0] ?? "").includes(";") ? ";" : ",",
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch {
    return unreadable(1);
  }
  const first = rows[0]?.record ?? {};
  const isTable = COLUMNS.slice(0, 3).every((name) => Object.hasOwn(first, name));
  if (!isTable || rows.length > IMPORT_LINES_MAX) return unreadable(1);
  return rows.map(({ record, info }) => readLine(record, info.lines, home));
}

function readLine(record: Row["record"], line: number, home: Home): ReadLine {
  const amount = parseReais(record["amount"] ?? "", { locale: "pt-BR" });
  const from = readAccount(record["from"], home);
  const to = readAccount(record["to"], home);
  const purpose = record["purpose"] ?? "";
  const isFit = purpose.length <= PURPOSE_MAX && READABLE.test(purpose);
  if (!amount.ok || amount.centavos <= 0n || from === null || to === null || !isFit) {
    return { line, transfer: null, refusal: unreadable(line) };
  }
  const amountCentavos = Number(amount.centavos);
  const transfer: PlannedTransfer = {
    from: [{ ...from, amountCentavos }],
    to: [{ ...to, amountCentavos }],
    purpose,
  };
  const split = splitIntoBranches(transfer, home.members, purpose);
  return split.ok
    ? { line, transfer, refusal: null }
    : { line, transfer: null, refusal: split.refusal };
}

function readAccount(text: string | undefined, home: Home) {
  const [first = "", second] = (text ?? "").split("/");
  const [bank, account] = second === undefined ? [home.bank, first] : [first.trim(), second.trim()];
  return isAccountNumber(account) ? { bank, account } : null;
}

function unreadable(line: number): Refusal {
  return { code: "import-line-unreadable", details: { line } };
}
