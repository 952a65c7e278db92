import { type Refusal, refusalSchema } from "@pacto/contract";
import { z } from "zod";

const failed = z.object({ error: z.object({ data: z.object({ refusal: refusalSchema }) }) });
const UNREACHABLE: Refusal = { code: "outcome-unknown", details: {} };

export type SessionAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

/** One step of signing in or out at this origin; without a step, who is signed in. */
export async function callSession<Value>(
  step: string | null,
  input?: object,
): Promise<SessionAnswer<Value>> {
  try {
    const answer = await (step === null
      ? fetch("/api/session")
      : fetch(`/api/session/${step}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(input),
        }));
    const body: unknown = await answer.json();
    if (answer.ok) return { ok: true, value: body as Value };
    return { ok: false, refusal: failed.safeParse(body).data?.error.data.refusal ?? UNREACHABLE };
  } catch {
    return { ok: false, refusal: UNREACHABLE };
  }
}
