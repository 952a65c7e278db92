import { request } from "node:http";
import { refusalSchema } from "@pacto/contract";
import { z } from "zod";
import type { TokenSource } from "../consortium/staff-tokens.ts";

/**
 * What became of a call. `unknown` is everything that is neither an answer nor a refusal of the
 * bank itself: it may have been done (P7), and only the same key tells.
 */
export type Outcome<Value> =
  | { readonly kind: "answer"; readonly value: Value }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "unknown"; readonly why: string };

export interface Call<Output extends z.ZodType> {
  /** Origin of a node: `http://127.0.0.1:3001`. */
  readonly url: string;
  readonly token: TokenSource;
  readonly procedure: string;
  readonly type: "query" | "mutation";
  readonly input: unknown;
  readonly output: Output;
  readonly timeoutMs: number;
}

const answered = z.object({ result: z.object({ data: z.unknown() }) });
const failed = z.object({
  error: z.object({ data: z.object({ refusal: refusalSchema.nullable().optional() }).optional() }),
});

/** Refusals by which a bank says that it does not know, or has no time to look. */
const TELLS_NOTHING = new Set([
  "outcome-unknown",
  "bank-unreachable",
  "overloaded",
  "too-many-requests",
]);

/** Calls one procedure of a node over plain HTTP. Never rejects for what happens on the way. */
export async function callBank<Output extends z.ZodType>(
  call: Call<Output>,
): Promise<Outcome<z.infer<Output>>> {
  const path = `/trpc/${call.procedure}`;
  const text = JSON.stringify(call.input ?? null);
  const isQuery = call.type === "query";
  const target = isQuery ? `${path}?input=${encodeURIComponent(text)}` : path;
  let body: unknown;
  try {
    const answer = await exchange({
      url: call.url + target,
      method: isQuery ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${await call.token()}`,
        "content-type": "application/json",
      },
      body: isQuery ? "" : text,
      timeoutMs: call.timeoutMs,
    });
    body = JSON.parse(answer);
  } catch (error) {
    return { kind: "unknown", why: error instanceof Error ? error.message : String(error) };
  }
  const good = answered.safeParse(body);
  if (good.success) return { kind: "answer", value: call.output.parse(good.data.result.data) };
  const refusal = failed.safeParse(body).data?.error.data?.refusal;
  if (refusal && !TELLS_NOTHING.has(refusal.code)) {
    return { kind: "refused", code: refusal.code };
  }
  return { kind: "unknown", why: `no outcome: ${JSON.stringify(body).slice(0, 300)}` };
}

interface Exchange {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

/** One connection for each call: a node that is killed leaves no half-open socket to reuse. */
function exchange({ url, method, headers, body, timeoutMs }: Exchange): Promise<string> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = request(url, { method, headers, agent: false, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
