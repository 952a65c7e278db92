import type { Session } from "../session.ts";

/** A whole number with the separators of the reader's language. */
export function count(number: number, { language }: Pick<Session, "language">): string {
  return number.toLocaleString(language.locale);
}
