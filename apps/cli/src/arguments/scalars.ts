import { randomUUID } from "node:crypto";
import { idempotencyKey, openedAccountKind, type OpenedAccountKind } from "@pacto/contract";
import { WrongUsage } from "../exit.ts";
import type { Language } from "../language/language.ts";

/** The key of a mutation: the caller's, or a new one, made before anything is sent (R50). */
export function readKey(text: string | undefined, language: Language): string {
  if (text === undefined) return `cli-${randomUUID()}`;
  const key = idempotencyKey.safeParse(text);
  if (!key.success) throw new WrongUsage(language.texts.errors.badKey);
  return key.data;
}

/** @throws WrongUsage unless the text is a whole number within the bounds */
export function readWhole(
  text: string,
  [least, most]: readonly [number, number],
  language: Language,
): number {
  const number = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new WrongUsage(language.texts.errors.badNumber(text, least, most));
}

export function readAccountKind(text: string, language: Language): OpenedAccountKind {
  const kind = openedAccountKind.safeParse(text);
  if (!kind.success) throw new WrongUsage(language.texts.errors.badKind(text));
  return kind.data;
}
