import { parseAccountNumber } from "@pacto/banking";
import { accountNumber, bankId, uuid } from "@pacto/contract";
import { WrongUsage } from "../exit.ts";
import type { Language } from "../language/language.ts";

export interface AccountReference {
  readonly bank: string;
  readonly account: string;
}

/** Reads `azul/12345-6`; zeros and the dash may be left out. @throws WrongUsage */
export function readAccountReference(text: string, language: Language): AccountReference {
  const form = language.locale === "en" ? "BANK/ACCOUNT" : "BANCO/CONTA";
  const { bank, rest } = splitBank(text, form, language);
  const account = normalAccount(rest);
  if (account === undefined) {
    throw new WrongUsage(language.texts.errors.badReference(text, form));
  }
  return { bank, account };
}

export interface ClientReference {
  readonly bank: string;
  /** An id, CPF or CNPJ, as typed. */
  readonly client: string;
}

/** Reads `azul/390.533.447-05`; the masked CNPJ has a slash of its own. @throws WrongUsage */
export function readClientReference(text: string, language: Language): ClientReference {
  const form = language.locale === "en" ? "BANK/CLIENT" : "BANCO/CLIENTE";
  const { bank, rest } = splitBank(text, form, language);
  return { bank, client: rest };
}

export interface TransactionReference {
  readonly coordinator: string | null;
  readonly id: string;
}

/** Reads an id, or `verde/ID` where the coordinator is known. @throws WrongUsage */
export function readTransactionReference(text: string, language: Language): TransactionReference {
  const form = language.locale === "en" ? "ID or COORDINATOR/ID" : "ID ou COORDENADOR/ID";
  const split = text.includes("/") ? splitBank(text, form, language) : { bank: null, rest: text };
  const id = uuid.safeParse(split.rest);
  if (!id.success) throw new WrongUsage(language.texts.errors.badReference(text, form));
  return { coordinator: split.bank, id: id.data };
}

/** @throws WrongUsage when the text cannot be a bank's id */
export function readBank(text: string, language: Language): string {
  const bank = bankId.safeParse(text.trim());
  if (bank.success) return bank.data;
  throw new WrongUsage(language.texts.errors.badReference(text, "azul"));
}

/**
 * The account's number as it is stored; undefined when the text can be none. A wrong check digit
 * is left for the bank to answer, in the sentence that every caller gets.
 */
export function normalAccount(text: string): string | undefined {
  const parsed = parseAccountNumber(text);
  if (parsed.ok) return parsed.number;
  const asTyped = accountNumber.safeParse(text.trim());
  return asTyped.success ? asTyped.data : undefined;
}

/** The bank before the first slash. @throws WrongUsage */
export function splitBank(
  text: string,
  form: string,
  language: Language,
): { readonly bank: string; readonly rest: string } {
  const at = text.indexOf("/");
  const bank = bankId.safeParse(text.slice(0, Math.max(at, 0)).trim());
  const rest = text.slice(at + 1).trim();
  if (!bank.success || rest === "") {
    throw new WrongUsage(language.texts.errors.badReference(text, form));
  }
  return { bank: bank.data, rest };
}
