import { formatDecimal, formatReais } from "@pacto/banking";
import type { Locale } from "@pacto/contract";

/** Money, so that each kind of file writes it in its own way; texts and counts are themselves. */
export type Cell = string | number | { readonly centavos: number };

export interface Section {
  readonly heading: string;
  readonly columns: readonly { readonly label: string; readonly isRight?: boolean }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A report on paper: what it is about, and tables. The first table is the one that CSV gets. */
export interface Sheet {
  readonly title: string;
  readonly facts: readonly (readonly [label: string, value: Cell])[];
  readonly sections: readonly Section[];
  /** Drawn on paper as a QR code, with what it is for; the other files do without. */
  readonly qr?: { readonly text: string; readonly hint: string };
}

/** As people read it. */
export function written(cell: Cell, locale: Locale): string {
  return typeof cell === "object" ? formatReais(BigInt(cell.centavos), locale) : String(cell);
}

/** As a spreadsheet of that language reads it. */
export function tabular(cell: Cell, locale: Locale): string {
  if (typeof cell !== "object") return String(cell);
  const decimal = formatDecimal(BigInt(cell.centavos));
  return locale === "pt-BR" ? decimal.replace(".", ",") : decimal;
}

/** An instant on the clock of São Paulo: `2026-11-21 15:07:09`. */
export function localMoment(instant: string): string {
  const local = new Date(new Date(instant).getTime() - 3 * 3_600_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)}`;
}
