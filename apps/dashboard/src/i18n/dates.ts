"use client";
import { useFormatter } from "next-intl";
import { useMemo } from "react";

/** Days and instants in the reader's language and the consortium's time. */
export function useDates() {
  const format = useFormatter();
  return useMemo(
    () => ({
      /** `2026-12-30` as a date: a day of the calendar, the same in every zone. */
      day: (localDate: string) =>
        format.dateTime(new Date(`${localDate}T12:00:00Z`), { dateStyle: "short" }),
      /** An instant to the minute. */
      at: (instant: string) =>
        format.dateTime(new Date(instant), { dateStyle: "short", timeStyle: "short" }),
      /** An instant to the second. */
      exactly: (instant: string) =>
        format.dateTime(new Date(instant), { dateStyle: "short", timeStyle: "medium" }),
      /** 19900 parts per million: `1.99%`. */
      rate: (ppm: number) =>
        format.number(ppm / 1_000_000, {
          style: "percent",
          minimumFractionDigits: 2,
          maximumFractionDigits: 4,
        }),
    }),
    [format],
  );
}
