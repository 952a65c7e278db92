import { dateOfDayNumber, dayNumber, type LocalDate } from "./local-date.ts";

/**
 * São Paulo keeps UTC−3 all year since summer time was abolished (Decreto 9.772/2019). Instants
 * before 17 February 2019 may be an hour off.
 */
const OFFSET_HOURS = -3;
const HOUR_MS = 3_600_000;

/** The date in São Paulo at an instant: limits and due dates count these, not UTC days. */
export function saoPauloDate(instant: Date): LocalDate {
  return dateOfDayNumber(Math.floor((instant.getTime() + OFFSET_HOURS * HOUR_MS) / (24 * HOUR_MS)));
}

/** The hour of the day in São Paulo, 0 to 23. */
export function saoPauloHour(instant: Date): number {
  return new Date(instant.getTime() + OFFSET_HOURS * HOUR_MS).getUTCHours();
}

/** The instant at which it is `hour` o'clock (0 to 24) of a date in São Paulo. */
export function saoPauloInstant(date: LocalDate, hour = 0): Date {
  return new Date((dayNumber(date) * 24 + hour - OFFSET_HOURS) * HOUR_MS);
}

export interface NightHours {
  /** Hour at which the night begins, 12 to 23. */
  readonly startsAt: number;
  /** Hour at which it ends the next morning, 0 to 11. */
  readonly endsAt: number;
}

/** 20:00 to 06:00, unless the client chose otherwise. */
export const DEFAULT_NIGHT: NightHours = { startsAt: 20, endsAt: 6 };

export interface LimitPeriod {
  readonly kind: "day" | "night";
  /** From this instant on … */
  readonly start: Date;
  /** … until just before this one. */
  readonly end: Date;
}

/**
 * The day or night in which an instant falls, over which payments count against the day's or
 * night's limit. A night belongs together across midnight.
 */
export function limitPeriod(instant: Date, night: NightHours = DEFAULT_NIGHT): LimitPeriod {
  const today = saoPauloDate(instant);
  const hour = saoPauloHour(instant);
  const yesterday = dateOfDayNumber(dayNumber(today) - 1);
  const tomorrow = dateOfDayNumber(dayNumber(today) + 1);
  if (hour < night.endsAt) {
    return {
      kind: "night",
      start: saoPauloInstant(yesterday, night.startsAt),
      end: saoPauloInstant(today, night.endsAt),
    };
  }
  if (hour >= night.startsAt) {
    return {
      kind: "night",
      start: saoPauloInstant(today, night.startsAt),
      end: saoPauloInstant(tomorrow, night.endsAt),
    };
  }
  return {
    kind: "day",
    start: saoPauloInstant(today, night.endsAt),
    end: saoPauloInstant(today, night.startsAt),
  };
}
