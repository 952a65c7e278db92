import type { BankMember } from "../../banks/member.ts";

/** What one pasted line asks for: an account of a bank, or a PIX key, and how much. */
export type PastedTarget =
  | { readonly kind: "account"; readonly bank: string; readonly number: string }
  | { readonly kind: "key"; readonly key: string };

export interface PastedLine {
  readonly text: string;
  readonly target: PastedTarget;
  /** As it stands there; empty where the line has none. */
  readonly amount: string;
}

export interface UnreadLine {
  readonly text: string;
  readonly problem: "bank" | "amount" | "target";
}

const LINES_MAX = 64;
/** `10001-3`, with or without its agency before it. */
const ACCOUNT = /^[0-9]{1,12}(?:-[0-9X])?$/i;

/**
 * Reads a list from a spreadsheet, a message or the command line, a line for each account:
 * `azul/10001-3:200,00`, `Banco Azul; 10001-3; 200,00`, tabs instead of semicolons, or a PIX key in
 * the account's place. Amounts are kept as they stand; `isAmount` says whether one can be read.
 */
export function readPasted(
  text: string,
  members: readonly BankMember[],
  isAmount: (text: string) => boolean,
): (PastedLine | UnreadLine)[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(0, LINES_MAX);
  return lines.map((line) => readLine(line, members, isAmount));
}

function readLine(
  text: string,
  members: readonly BankMember[],
  isAmount: (text: string) => boolean,
): PastedLine | UnreadLine {
  const { bank: bankText, target: targetText, amount } = partsOf(text);
  if (amount !== "" && !isAmount(amount)) return { text, problem: "amount" };
  if (bankText === null) {
    const isKey = /[@+]|^[0-9a-f-]{36}$|^[0-9.\-/]{11,18}$/i.test(targetText);
    if (!isKey) return { text, problem: "target" };
    return { text, amount, target: { kind: "key", key: targetText } };
  }
  const bank = bankNamed(bankText, members);
  if (bank === undefined) return { text, problem: "bank" };
  const number = targetText.split("/").at(-1)?.trim() ?? "";
  if (!ACCOUNT.test(number)) return { text, problem: "target" };
  return { text, amount, target: { kind: "account", bank: bank.id, number } };
}

interface Parts {
  readonly bank: string | null;
  readonly target: string;
  readonly amount: string;
}

function partsOf(text: string): Parts {
  const fields = text.split(/[\t;]/).map((field) => field.trim());
  const [first = "", second = "", third = ""] = fields;
  if (fields.length >= 3) return { bank: first, target: second, amount: third };
  // The amount stands after a colon or the last blank; a bank's name may have blanks itself.
  const [whole, amount] =
    fields.length === 2 ? [first, second] : (splitAmount(first) ?? [first, ""]);
  const slash = whole.indexOf("/");
  const isTaxId = /^[0-9.]+\/[0-9.-]+$/.test(whole);
  if (slash > 0 && !isTaxId) {
    return { bank: whole.slice(0, slash).trim(), target: whole.slice(slash + 1).trim(), amount };
  }
  return { bank: null, target: whole, amount };
}

function splitAmount(text: string): [string, string] | undefined {
  const found = /^(.*?\S)(?::\s*|\s+)((?:R\$\s*)?[0-9][0-9.,]*)$/i.exec(text);
  return found === null ? undefined : [found[1] ?? "", found[2] ?? ""];
}

function bankNamed(text: string, members: readonly BankMember[]): BankMember | undefined {
  const wanted = plain(text);
  return members.find(({ id, name, mark }) =>
    [id, name, name.replace(/^Banco /, ""), mark].some((each) => plain(each) === wanted),
  );
}

/** Without accents and case: what somebody types for "Banco Âmbar". */
function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().trim();
}
