import { type Refusal, refusalCatalogue } from "@pacto/contract";
import { TRPCClientError } from "@trpc/client";

/** What became of a request that changes something. */
export type Sent<T> =
  | { readonly kind: "done"; readonly value: T }
  /** A definite no: nothing was done. */
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** It may have been done: the same request with the same key finds out. */
  | { readonly kind: "unknown" };

/**
 * Refusals that were given before the request was looked at. They tell nothing of an earlier
 * sending of the same request.
 */
export const atTheDoor: ReadonlySet<Refusal["code"]> = new Set([
  "bank-unreachable",
  "bank-recovering",
  "not-allowed",
  "not-signed-in",
  "session-ended",
  "overloaded",
  "too-many-requests",
] as const);

/** The refusal that an error of a bank's client carries, if any. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data: unknown = error.data;
  if (typeof data !== "object" || data === null || !("refusal" in data)) return null;
  return isRefusal(data.refusal) ? data.refusal : null;
}

/** Sends, and tells the three outcomes apart. Errors of our own program are thrown on. */
export async function settle<T>(request: () => Promise<T>): Promise<Sent<T>> {
  try {
    return { kind: "done", value: await request() };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== null) {
      return refusal.code === "outcome-unknown"
        ? { kind: "unknown" }
        : { kind: "refused", refusal };
    }
    if (!(error instanceof TRPCClientError)) throw error;
    const status = httpStatusOf(error.data);
    if (status === null || status >= 500) return { kind: "unknown" };
    return {
      kind: "refused",
      refusal: { code: "invalid-input", details: { field: error.message.slice(0, 200), hint: "" } },
    };
  }
}

function httpStatusOf(data: unknown): number | null {
  if (typeof data !== "object" || data === null || !("httpStatus" in data)) return null;
  return typeof data.httpStatus === "number" ? data.httpStatus : null;
}

function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    typeof value.code === "string" &&
    Object.hasOwn(refusalCatalogue, value.code) &&
    "details" in value
  );
}
