"use client";
import { addDays, type LocalDate, parseLocalDate, saoPauloInstant } from "@pacto/banking";
import type { ExportHistoryInput } from "@pacto/contract";
import { useLocale } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { useDebounced } from "../../components/debounced.ts";
import { readAmount } from "../../components/money-field.tsx";
import type { Locale } from "../../i18n/locale.ts";

const parsers = {
  number: parseAsString.withDefault(""),
  kind: parseAsString.withDefault(""),
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
  least: parseAsString.withDefault(""),
  most: parseAsString.withDefault(""),
  text: parseAsString.withDefault(""),
};

export type TypedFilter = Readonly<Record<keyof typeof parsers, string>>;

/** The filter as typed, which lives in the address, and what it asks for once it rests. */
export function useEntryFilter() {
  const locale = useLocale();
  const [typed, setTyped] = useQueryStates(parsers);
  const rested: TypedFilter = JSON.parse(useDebounced(JSON.stringify(typed))) as TypedFilter;
  function change(next: Partial<TypedFilter>) {
    const emptied = Object.entries(next).map(([name, text]) => [name, text === "" ? null : text]);
    void setTyped(Object.fromEntries(emptied) as Partial<TypedFilter>);
  }
  return { typed, rested, change, asked: toHistoryFilter(rested, locale) };
}

const NUMBER = /^[0-9]{1,12}-[0-9X]$/;

/** What a filter asks for; what is not whole yet, such as half an account number, asks nothing. */
export function toHistoryFilter(typed: TypedFilter, locale: Locale): ExportHistoryInput {
  const first = parseLocalDate(typed.from);
  const last = parseLocalDate(typed.to);
  const least = readAmount(typed.least, locale);
  const most = readAmount(typed.most, locale);
  const text = typed.text.trim();
  return {
    ...(NUMBER.test(typed.number.trim()) ? { number: typed.number.trim() } : {}),
    ...(typed.kind === "" ? {} : { kind: typed.kind }),
    ...(first === null ? {} : { from: saoPauloInstant(first).toISOString() }),
    ...(last === null ? {} : { to: lastMoment(last).toISOString() }),
    ...(least === null ? {} : { minimumCentavos: Number(least) }),
    ...(most === null ? {} : { maximumCentavos: Number(most) }),
    ...(text === "" ? {} : { text }),
  };
}

/** The last millisecond of a day: both ends of the filter count. */
function lastMoment(day: LocalDate): Date {
  return new Date(saoPauloInstant(addDays(day, 1)).getTime() - 1);
}
