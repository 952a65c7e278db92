import { formatReais } from "@pacto/banking";
import type { Locale } from "@pacto/contract";

/** Centavos of the wire as money in the reader's language. */
export function money(centavos: number, { locale }: { readonly locale: Locale }): string {
  return formatReais(BigInt(centavos), locale);
}

/** An instant on the reader's clock: `2026-11-21 00:15:07`, the same in both languages. */
export function moment(instant: string): string {
  const at = new Date(instant);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** A duration for people: `850 ms`, `12 s`, `3 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 1_000)} s`;
  return `${Math.round(ms / 60_000)} min`;
}
