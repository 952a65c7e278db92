import { readAmount } from "../../components/money-field.tsx";
import type { Locale } from "../../i18n/locale.ts";

/** What a teller fills in, beside bank and account; texts stay as they are typed. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "money" | "date" | "choice";
  readonly hint?: string;
  readonly isOptional?: boolean;
  readonly maxLength?: number;
  readonly options?: readonly { readonly id: string; readonly text: string }[];
}

interface AccountAt {
  readonly bank: string;
  readonly account: string;
}

export type Texts = Readonly<Record<string, string>>;

/** Centavos of a money field; zero while it means none. */
export function centavosOf(text: string | undefined, locale: Locale): number {
  return Number(readAmount(text ?? "", locale) ?? 0n);
}

/** Names of the fields that are not filled in as they must be. */
export function missingFields(
  fields: readonly Field[],
  texts: Texts,
  locale: Locale,
): ReadonlySet<string> {
  const wrong = fields.filter(({ name, kind, isOptional = false }) => {
    const text = (texts[name] ?? "").trim();
    if (text === "") return !isOptional;
    return kind === "money" && readAmount(text, locale) === null;
  });
  return new Set(wrong.map(({ name }) => name));
}

/** `azul/12345-6` is an account, anything else a key, as a teller writes whom to pay. */
export function targetOf(text: string): AccountAt | { readonly key: string } {
  const [, bank, account] = /^([a-z][a-z0-9-]*)\/([0-9]+-[0-9X])$/u.exec(text.trim()) ?? [];
  return bank !== undefined && account !== undefined ? { bank, account } : { key: text.trim() };
}

/** An account as `bank/number`, or null. */
export function accountOf(text: string): AccountAt | null {
  const target = targetOf(text);
  return "bank" in target ? target : null;
}
