import type { Bank } from "../context.ts";
import { runDueClaims } from "./claims/run-due.ts";
import { deliverLetters } from "./letters/deliver-letters.ts";
import { runDueMandates } from "./mandates/run-due.ts";
import { runDueRequests } from "./requests/run-due.ts";
import { holdArrivals } from "./returns/hold-arrivals.ts";
import { runDueReturns } from "./returns/run-due.ts";
import { runDueSchedules } from "./schedules/run-due.ts";

const CHORES = [
  deliverLetters,
  runDueClaims,
  runDueSchedules,
  runDueMandates,
  runDueRequests,
  runDueReturns,
  holdArrivals,
] as const;

/** All that is due of PIX agreements: what fails of it does not keep the rest from being done. */
export async function runDueAgreements(bank: Bank): Promise<boolean> {
  const done = await Promise.allSettled(CHORES.map((run) => run(bank)));
  const failed = done.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return done.some((result) => result.status === "fulfilled" && result.value);
}
