import { newMessageId, signRequest, type Signer, verifyResponse } from "@pacto/contract/signing";
import type { Directory } from "./directory.ts";
import type { Passage } from "./passage.ts";
import type { Post, PostOutcome } from "./post.ts";

export interface Target {
  readonly bank: string;
  /** `commit.prepare` */
  readonly procedure: string;
}

/** What one signed request led to; only `items` was said by the peer itself. */
export type Exchanged =
  | { readonly kind: "items"; readonly items: readonly unknown[] }
  /** The peer could not take the request as it is: malformed or too large. */
  | { readonly kind: "refused" }
  | { readonly kind: "bad"; readonly reason: string }
  /** It lives, and takes no more of this now. */
  | { readonly kind: "busy"; readonly reason: string }
  | Exclude<PostOutcome, { kind: "response" }>;

export type Exchange = (target: Target, body: string, timeoutMs: number) => Promise<Exchanged>;

type PartsOfDirectory = Pick<Directory, "self" | "keys" | "urlOf" | "hasLeft" | "incarnations">;

/** Signs a request, sends it and verifies that its answer was signed by the bank it was sent to. */
export function createExchange(
  { self, keys, urlOf, hasLeft, incarnations }: PartsOfDirectory,
  signer: Signer,
  post: Post,
  passage: Passage,
): Exchange {
  return async ({ bank, procedure }, body, timeoutMs) => {
    // It left while this waited for its turn.
    if (hasLeft(bank)) return { kind: "unreachable", reason: "has-left", isStaleSocket: false };
    const request = { method: "POST", path: `/trpc/${procedure}`, body };
    const messageId = newMessageId();
    const headers = signRequest(
      request,
      { sender: self, receiver: bank, incarnation: incarnations.own, messageId },
      { key: signer, nowMs: Date.now() },
    );
    const url = new URL(request.path, urlOf(bank));
    const outcome = await passage<PostOutcome>({
      bank,
      timeoutMs,
      send: (withinMs) => post({ bank, url, body, headers, timeoutMs: withinMs }),
      lost: { kind: "timeout" },
    });
    if (outcome.kind !== "response") return outcome;
    const { status } = outcome;
    if (status === 400 || status === 413) return { kind: "refused" };
    if (status === 429 || status === 503) return { kind: "busy", reason: `status-${status}` };
    if (status !== 200) return { kind: "bad", reason: `status-${status}` };
    const verdict = verifyResponse(
      { status, headers: outcome.headers, body: outcome.body, request },
      { sender: bank, messageId },
      { self, keys, nowMs: Date.now() },
    );
    if (!verdict.ok) return { kind: "bad", reason: verdict.code };
    if (!incarnations.isCurrent(bank, verdict.incarnation)) {
      return { kind: "bad", reason: "old-incarnation" };
    }
    return readItems(outcome.body);
  };
}

/** `{ result: { data: { items: […] } } }`; anything else is a bad answer. */
function readItems(body: Buffer): Exchanged {
  try {
    const answer = JSON.parse(body.toString("utf8")) as {
      result?: { data?: { items?: unknown } };
    } | null;
    const items = answer?.result?.data?.items;
    if (Array.isArray(items)) return { kind: "items", items };
  } catch {
    // Falls through: a signed body that is no JSON is as bad as any other.
  }
  return { kind: "bad", reason: "not-understood" };
}
