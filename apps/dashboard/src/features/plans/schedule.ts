import { parseLocalDate, saoPauloInstant } from "@pacto/banking";
import type { CreatePlanInput } from "@pacto/contract";

export const frequencies = ["once", "day", "week", "month"] as const;
export type Frequency = (typeof frequencies)[number];

/** When a transfer is to happen, everything as typed. */
export interface ScheduleDraft {
  readonly every: Frequency;
  /** A day and a time in São Paulo. */
  readonly on: string;
  readonly time: string;
  /** How often in all; empty: until it is cancelled. */
  readonly occurrences: string;
  readonly retryMinutes: string;
}

export type Schedule = Pick<CreatePlanInput, "firstAt" | "every" | "occurrences" | "retryMinutes">;

export type ScheduleProblem = "on" | "past" | "occurrences" | "retryMinutes";

const OCCURRENCES_MOST = 1_000;
const RETRY_LEAST = 5;
const RETRY_MOST = 10_080;
const MINUTE_MS = 60_000;

/** What keeps the schedule from being one, or null. `now`: epoch milliseconds. */
export function findScheduleProblem(draft: ScheduleDraft, now: number): ScheduleProblem | null {
  const first = readFirst(draft);
  if (first === null) return "on";
  if (first <= now) return "past";
  if (isRepeated(draft) && readOccurrences(draft) === null) return "occurrences";
  return readWhole(draft.retryMinutes, RETRY_LEAST, RETRY_MOST) === null ? "retryMinutes" : null;
}

/** The schedule as it is sent, or null while something is wrong with it. */
export function toSchedule(draft: ScheduleDraft, now: number): Schedule | null {
  const first = readFirst(draft);
  const retryMinutes = readWhole(draft.retryMinutes, RETRY_LEAST, RETRY_MOST);
  if (first === null || retryMinutes === null || findScheduleProblem(draft, now) !== null) {
    return null;
  }
  const occurrences = isRepeated(draft) ? readOccurrences(draft) : null;
  return {
    firstAt: new Date(first).toISOString(),
    every: draft.every,
    retryMinutes,
    ...(typeof occurrences === "number" ? { occurrences } : {}),
  };
}

function isRepeated({ every }: ScheduleDraft): boolean {
  return every !== "once";
}

/** Epoch milliseconds of the first time, or null. */
function readFirst({ on, time }: ScheduleDraft): number | null {
  const date = parseLocalDate(on);
  const [, hours, minutes] = /^([01][0-9]|2[0-3]):([0-5][0-9])$/.exec(time) ?? [];
  if (date === null || hours === undefined || minutes === undefined) return null;
  return saoPauloInstant(date, Number(hours)).getTime() + Number(minutes) * MINUTE_MS;
}

/** Undefined: until it is cancelled; null: what was typed means nothing. */
function readOccurrences({ occurrences }: ScheduleDraft): number | null | undefined {
  return occurrences.trim() === "" ? undefined : readWhole(occurrences, 1, OCCURRENCES_MOST);
}

function readWhole(text: string, least: number, most: number): number | null {
  const value = /^[0-9]{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : null;
}
