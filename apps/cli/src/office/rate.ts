import { WrongUsage } from "../exit.ts";
import type { Language } from "../language/language.ts";

/** Reads a percentage, `5`, `1.25` or `1,25`, into parts per million. @throws WrongUsage */
export function readRate(text: string, { texts }: Language): number {
  const match = /^(-?)([0-9]{1,4})(?:[.,]([0-9]{1,4}))?%?$/u.exec(text.trim());
  if (match === null) throw new WrongUsage(texts.counter.badValue(text));
  const [, sign = "", whole = "", decimals = ""] = match;
  const ppm = Number(whole) * 10_000 + Number(decimals.padEnd(4, "0"));
  return sign === "-" ? -ppm : ppm;
}

/** Parts per million as a percentage: `1.25 %`. */
export function percent(ppm: number, { locale }: Language): string {
  const text = (ppm / 10_000).toLocaleString(locale, { maximumFractionDigits: 4 });
  return `${text} %`;
}
