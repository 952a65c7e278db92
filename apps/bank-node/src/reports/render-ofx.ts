import { formatDecimal } from "@pacto/banking";
import type { AccountReport, EntryView, Locale } from "@pacto/contract";

const HEADER = [
  ...["OFXHEADER:100", "DATA:OFXSGML", "VERSION:102", "SECURITY:NONE", "ENCODING:UTF-8"],
  ...["CHARSET:NONE", "COMPRESSION:NONE", "OLDFILEUID:NONE", "NEWFILEUID:NONE"],
].join("\r\n");

const MEMO_MAX = 255;

/** OFX's own types of transactions; what has none is a credit or a debit. */
const TYPES: Readonly<Record<string, string>> = {
  "check-payment": "CHECK",
  deposit: "DEP",
  interest: "INT",
  opening: "DEP",
  "overdraft-interest": "INT",
  "savings-interest": "INT",
  transfer: "XFER",
  withdrawal: "CASH",
};

export interface OfxTerms {
  readonly ispb: string;
  readonly locale: Locale;
  readonly kindName: (kind: string) => string;
}

/** A statement as programs for personal and business finance read it (OFX 1.0.2). */
export function renderOfx(
  report: AccountReport,
  entries: readonly EntryView[],
  terms: OfxTerms,
): string {
  return ofxHead(report, terms) + ofxLines(report.number, entries, terms) + ofxFoot(report);
}

/** What stands before the entries. */
export function ofxHead(report: AccountReport, { ispb, locale }: OfxTerms): string {
  const end = dateOnly(report.to, "235959");
  const head = [
    ...["<OFX>", "<SIGNONMSGSRSV1>", "<SONRS>", status()],
    ...[tag("DTSERVER", end), tag("LANGUAGE", locale === "pt-BR" ? "POR" : "ENG")],
    ...["<FI>", tag("ORG", report.bankName), tag("FID", ispb), "</FI>"],
    ...["</SONRS>", "</SIGNONMSGSRSV1>", "<BANKMSGSRSV1>", "<STMTTRNRS>"],
    ...[tag("TRNUID", "1"), status(), "<STMTRS>", tag("CURDEF", "BRL"), "<BANKACCTFROM>"],
    ...[tag("BANKID", ispb), tag("BRANCHID", report.agency), tag("ACCTID", report.number)],
    ...[tag("ACCTTYPE", report.kind === "savings" ? "SAVINGS" : "CHECKING"), "</BANKACCTFROM>"],
    ...["<BANKTRANLIST>", tag("DTSTART", dateOnly(report.from, "000000")), tag("DTEND", end)],
  ];
  return `${HEADER}\r\n\r\n${written(head)}`;
}

/** Any number of entries; more may follow. */
export function ofxLines(
  number: string,
  entries: readonly EntryView[],
  { kindName }: OfxTerms,
): string {
  return written(entries.flatMap((entry) => transaction(number, entry, kindName)));
}

/** What stands after the last entry. */
export function ofxFoot(report: AccountReport): string {
  return written([
    ...["</BANKTRANLIST>", "<LEDGERBAL>"],
    tag("BALAMT", formatDecimal(BigInt(report.closingCentavos))),
    tag("DTASOF", dateOnly(report.to, "235959")),
    ...["</LEDGERBAL>", "</STMTRS>", "</STMTTRNRS>", "</BANKMSGSRSV1>", "</OFX>"],
  ]);
}

function written(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join("");
}

function transaction(number: string, entry: EntryView, kindName: (kind: string) => string) {
  const { amountCentavos, version, kind, description, at } = entry;
  const memo = description === "" ? kindName(kind) : `${kindName(kind)}: ${description}`;
  return [
    "<STMTTRN>",
    tag("TRNTYPE", TYPES[kind] ?? (amountCentavos > 0 ? "CREDIT" : "DEBIT")),
    tag("DTPOSTED", instant(at)),
    tag("TRNAMT", formatDecimal(BigInt(amountCentavos))),
    // The account's own count: the same entry has the same id in every file.
    tag("FITID", `${number}.${version}`),
    tag("MEMO", memo.slice(0, MEMO_MAX)),
    "</STMTTRN>",
  ];
}

function status(): string {
  return ["<STATUS>", tag("CODE", "0"), tag("SEVERITY", "INFO"), "</STATUS>"].join("\r\n");
}

/** SGML reads a value until the next tag: what could begin one is written out. */
function tag(name: string, value: string): string {
  const safe = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<${name}>${safe}</${name}>`;
}

function instant(at: string): string {
  const local = new Date(new Date(at).getTime() - 3 * 3_600_000).toISOString();
  return `${local.slice(0, 19).replaceAll(/[-:T]/g, "")}[-3:BRT]`;
}

function dateOnly(day: string, time: string): string {
  return `${day.replaceAll("-", "")}${time}[-3:BRT]`;
}
