import type { Refusal } from "@pacto/contract";
import { canonicalJson } from "@pacto/contract/signing";
import { idempotencyMapKey } from "../ledger/engine/fetch.ts";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import { differingFields } from "./difference.ts";

/** What a mutation answers: its value, or the refusal that stands for this key for ever. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

export interface KeyedRequest {
  readonly scope: string;
  readonly key: string;
  readonly operation: string;
  /** The request without its key; compared as canonical JSON. */
  readonly request: object;
}

export function refused(
  code: Refusal["code"],
  details: Refusal["details"] = {},
): {
  readonly ok: false;
  readonly refusal: Refusal;
} {
  return { ok: false, refusal: { code, details } };
}

/** The stored answer for this key, a conflict when it was used for something else, or nothing. */
export function recall<Value>(
  stored: { readonly operation: string; readonly request: string; readonly result: unknown },
  asked: KeyedRequest,
): Answer<Value> {
  const request = canonicalJson(asked.request);
  if (stored.operation !== asked.operation) {
    return refused("idempotency-conflict", { differsIn: "operation" });
  }
  if (stored.request !== request) {
    const differsIn = differingFields(stored.request, request).join(", ");
    return refused("idempotency-conflict", { differsIn });
  }
  return stored.result as Answer<Value>;
}

/**
 * Decides at most once for a key (R50): the second caller gets the first one's answer, refusals
 * included. The answer is written in the same database transaction as its effects.
 */
export function once<Value>(
  set: WorkingSet,
  asked: KeyedRequest,
  decide: () => Answer<Value>,
): Answer<Value> {
  const mapKey = idempotencyMapKey(asked);
  const stored = set.idempotency.get(mapKey);
  if (stored !== undefined) return recall(stored, asked);
  // A restored bank does not know yet what it has, nor which numbers it gave away (R48). Not kept
  // under the key: the same request passes once the bank is back.
  if (set.recovering) return refused("bank-recovering", { bank: set.bank });
  const result = decide();
  set.idempotency.put(mapKey, {
    scope: asked.scope,
    key: asked.key,
    operation: asked.operation,
    request: canonicalJson(asked.request),
    result,
  });
  return result;
}
