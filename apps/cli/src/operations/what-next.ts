import type { Session } from "../session.ts";

export interface Waiting {
  readonly coordinator: string;
  /** Empty where only the coordinator decides. */
  readonly witnesses: readonly string[];
}

/** What will happen to a branch in doubt, given who does not answer now. */
export function whatNext(
  { coordinator, witnesses }: Waiting,
  silent: ReadonlySet<string>,
  { language }: Session,
): string {
  const { operations: says } = language.texts;
  if (!silent.has(coordinator)) return says.coordinatorTells(coordinator);
  if (witnesses.length === 0) return says.coordinatorAway(coordinator);
  const needed = Math.floor(witnesses.length / 2) + 1;
  const answering = witnesses.filter((bank) => !silent.has(bank));
  if (answering.length >= needed) return says.witnessesDecide(answering.join(", "), needed);
  const away = witnesses.filter((bank) => silent.has(bank));
  return says.witnessesMissing(needed - answering.length, away.join(", "));
}
