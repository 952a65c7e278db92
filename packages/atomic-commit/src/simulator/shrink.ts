import { runSchedule, type ScheduleOptions, type ScheduleResult } from "./schedule.ts";

const RUNS_MAX = 4_000;

interface Search {
  /** The shortest list of choices found that breaks the law. */
  choices: readonly number[];
  /** Database transactions until that list breaks the law. */
  steps: number;
  runs: number;
  readonly breaksSame: (choices: readonly number[]) => boolean;
}

/**
 * The simplest schedule found that still breaks the same law: chunks of choices are left out and
 * choices made smaller, zero being the tamest, as long as the violation stays. Returns the shrunk
 * schedule with its choices and events, or the given one when it breaks nothing.
 */
export function shrinkSchedule<Work, State>(
  failure: ScheduleResult,
  options: ScheduleOptions<Work, State>,
): ScheduleResult {
  const { seed, violation } = failure;
  if (violation === null) return failure;
  // A campaign keeps no choices: the seed brings them back.
  const recorded = runSchedule(seed, { ...options, record: true });
  const search: Search = {
    choices: recorded.choices,
    steps: recorded.steps,
    runs: 0,
    breaksSame(choices) {
      search.runs += 1;
      const result = runSchedule(seed, { ...options, choices });
      // A tamer schedule may break the law much later, which is no help to a reader.
      if (result.violation?.law !== violation.law || result.steps > search.steps) return false;
      search.steps = result.steps;
      search.choices = choices.slice(0, result.choices.length);
      return true;
    },
  };
  for (let before = -1; before !== search.choices.length && search.runs < RUNS_MAX;) {
    before = search.choices.length;
    for (let size = before >> 1; size >= 1; size >>= 1) {
      tameChunks(search, size);
      dropChunks(search, size);
    }
    lowerChoices(search);
  }
  return runSchedule(seed, { ...options, choices: search.choices, trace: true });
}

/** Leaves out every chunk of `size` choices that is not needed. */
function dropChunks(search: Search, size: number): void {
  for (let at = 0; at < search.choices.length && search.runs < RUNS_MAX;) {
    if (!search.breaksSame(search.choices.toSpliced(at, size))) at += size;
  }
}

/** Sets every chunk of `size` choices to zero that can be: what follows keeps its meaning. */
function tameChunks(search: Search, size: number): void {
  for (let at = 0; at < search.choices.length && search.runs < RUNS_MAX; at += size) {
    const chunk = search.choices.slice(at, at + size);
    if (chunk.every((choice) => choice === 0)) continue;
    search.breaksSame(search.choices.toSpliced(at, chunk.length, ...chunk.map(() => 0)));
  }
}

function lowerChoices(search: Search): void {
  for (let at = 0; at < search.choices.length && search.runs < RUNS_MAX; at += 1) {
    const choice = search.choices[at] ?? 0;
    if (choice === 0 || search.breaksSame(search.choices.with(at, 0))) continue;
    if (choice > 1) search.breaksSame(search.choices.with(at, choice >> 1));
  }
}
