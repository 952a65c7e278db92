import { addDays, type LocalDate, makeDate, splitDate } from "./local-date.ts";

export type HolidayName =
  | "new-year"
  | "carnival"
  | "good-friday"
  | "tiradentes"
  | "labour-day"
  | "corpus-christi"
  | "independence"
  | "our-lady-aparecida"
  | "all-souls"
  | "republic"
  | "black-awareness"
  | "christmas";

export interface Holiday {
  readonly date: LocalDate;
  readonly name: HolidayName;
}

const FIXED: readonly (readonly [month: number, day: number, name: HolidayName])[] = [
  [1, 1, "new-year"],
  [4, 21, "tiradentes"],
  [5, 1, "labour-day"],
  [9, 7, "independence"],
  [10, 12, "our-lady-aparecida"],
  [11, 2, "all-souls"],
  [11, 15, "republic"],
  [12, 25, "christmas"],
];

/** Days from Easter Sunday. Carnival and Corpus Christi are no public holidays, but banks close. */
const MOVABLE: readonly (readonly [days: number, name: HolidayName])[] = [
  [-48, "carnival"],
  [-47, "carnival"],
  [-2, "good-friday"],
  [60, "corpus-christi"],
];

/** Dia da Consciência Negra is national since Lei 14.759/2023. */
const BLACK_AWARENESS_SINCE = 2024;

const known = new Map<number, readonly Holiday[]>();

/** The days on which no bank of the country settles, in order; regional ones are left out. */
export function holidaysOf(year: number): readonly Holiday[] {
  const before = known.get(year);
  if (before) return before;
  const easter = easterOf(year);
  const holidays = [
    ...FIXED.map(([month, day, name]) => ({ date: makeDate(year, month, day), name })),
    ...MOVABLE.map(([days, name]) => ({ date: addDays(easter, days), name })),
  ];
  if (year >= BLACK_AWARENESS_SINCE) {
    holidays.push({ date: makeDate(year, 11, 20), name: "black-awareness" });
  }
  holidays.sort((one, other) => (one.date < other.date ? -1 : 1));
  known.set(year, holidays);
  return holidays;
}

export function holidayOn(date: LocalDate): HolidayName | null {
  const { year } = splitDate(date);
  return holidaysOf(year).find((holiday) => holiday.date === date)?.name ?? null;
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's computus). */
export function easterOf(year: number): LocalDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30;
  const weekday =
    (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * correction + 114;
  return makeDate(year, Math.floor(days / 31), (days % 31) + 1);
}
