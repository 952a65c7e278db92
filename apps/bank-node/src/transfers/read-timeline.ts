import type { Timeline } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { selectMarks } from "./sql.ts";

/**
 * What this bank itself saw of a transaction, in whichever role: the marks in its database, and the
 * messages that its process still remembers. Of an unknown transaction it saw nothing.
 */
export async function readTimeline(ctx: StaffContext, id: string): Promise<Timeline> {
  const { bank } = ctx;
  const marks = await selectMarks(bank.pools.api, id);
  const instantOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return {
    bank: bank.id,
    clock: new Date().toISOString(),
    remembersSince: new Date(bank.commit.log.since).toISOString(),
    durable: {
      begunAt: instantOf(marks.begunAt),
      decidedAt: instantOf(marks.decidedAt),
      votedAt: instantOf(marks.votedAt),
      appliedAt: instantOf(marks.appliedAt),
      witnessedAt: instantOf(marks.witnessedAt),
    },
    events: bank.commit.log.of(id),
  };
}
