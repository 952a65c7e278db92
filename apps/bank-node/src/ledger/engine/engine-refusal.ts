import type { Refusal } from "@pacto/contract";
import { isLostConnection, isRetryable, isShortOfResources } from "../../database/conflicts.ts";
import { DatabaseUnreachable, EngineOverloaded, OutcomeUnknown } from "./posting-engine.ts";

/**
 * What work that the engine or the database did not finish is called at the edge; undefined for
 * every other error. A change whose connection broke is unknown, never failed (law 2).
 */
export function engineRefusal(
  error: unknown,
  { bank, isMutation }: { readonly bank: string; readonly isMutation: boolean },
): Refusal | undefined {
  const details = { bank };
  if (error instanceof OutcomeUnknown) return { code: "outcome-unknown", details };
  if (error instanceof EngineOverloaded) return { code: "overloaded", details };
  if (error instanceof DatabaseUnreachable) return { code: "bank-unreachable", details };
  // From here on, errors of reads and of changes that do not go through the engine.
  if (isRetryable(error)) return { code: "overloaded", details };
  // A statement that the server gave up, or had no room for, was not done.
  if (isShortOfResources(error)) return { code: "overloaded", details };
  if (!isLostConnection(error)) return undefined;
  return { code: isMutation ? "outcome-unknown" : "bank-unreachable", details };
}
