import { BODY_BYTES_MAX, invalidInput, json, readBody, refuse } from "./answers.ts";
import { forgetToken, tokenFor } from "./ask-sign-in.ts";
import { asksForStream, forwardStream } from "./forward-stream.ts";
import { loadManifest } from "./manifest.ts";
import { isSameOrigin } from "./same-origin.ts";
import { readSessionCookie } from "./session-cookie.ts";
import { isTrustedHost } from "./trusted-host.ts";

/** A status that takes longer is told as "slow": the page asks again a second later. */
const STATUS_TIMEOUT_MS = 900;
const QUERY_TIMEOUT_MS = 5_000;
/** More than the longest wait that a transfer may ask for (30 s). */
const MUTATION_TIMEOUT_MS = 35_000;

/** What the browser may call: not what banks say to one another, nor the sign-in (session-api.ts). */
const PROCEDURES = /^(?!commit\.|signIn\.)[a-z][a-zA-Z]{1,30}(\.[a-zA-Z]{1,40}){1,2}$/;
const CALLS_MAX = 10;

/** `GET /status` of one bank, without any credential. */
export function forwardStatus(request: Request, bank: string): Promise<Response> {
  return forward(request, bank, { path: "/status", timeoutMs: STATUS_TIMEOUT_MS, token: null });
}

/** One tRPC request, batched or not, with the caller's identity. */
export async function forwardCall(
  request: Request,
  bank: string,
  path: readonly string[],
): Promise<Response> {
  if (!isTrustedHost(request.headers.get("host"))) {
    return refuse(421, { code: "not-allowed", details: {} });
  }
  const calls = path.join("/").split(",");
  if (calls.length > CALLS_MAX || !calls.every((call) => PROCEDURES.test(call))) {
    return refuse(404, { code: "not-allowed", details: {} });
  }
  const changesState = request.method !== "GET";
  if (changesState) {
    const problem = checkStateChange(request);
    if (problem !== null) return problem;
  }
  // Whoever may not read a stream must not be able to open one either: it holds a connection.
  const isStream = asksForStream(request);
  if (isStream && !isSameOrigin(request.headers)) {
    return refuse(403, { code: "not-allowed", details: {} });
  }
  const session = readSessionCookie(request);
  if (session === null) return refuse(401, { code: "not-signed-in", details: {} });
  const body = changesState ? await readBody(request) : undefined;
  if (body === null) return refuse(413, invalidInput("body", `≤ ${BODY_BYTES_MAX} B`));
  const send = async () => {
    const answer = await tokenFor(request, session, { bank });
    if (!answer.ok) return refuse(answer.status, answer.refusal);
    return forward(request, bank, {
      isStream,
      path: `/trpc/${calls.join(",")}${new URL(request.url).search}`,
      timeoutMs: changesState ? MUTATION_TIMEOUT_MS : QUERY_TIMEOUT_MS,
      token: answer.value.token,
      body,
    });
  };
  const response = await send();
  if (response.status !== 401) return response;
  // Refused at the door, so nothing was done: the home bank says whether the session has ended.
  forgetToken(session, bank);
  return send();
}

/** Bodies in JSON only: the form types, which another site can send, are refused with it. */
export function checkStateChange(request: Request): Response | null {
  if (!isSameOrigin(request.headers)) return refuse(403, { code: "not-allowed", details: {} });
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json(?:\s*;|$)/i.test(type)) {
    return refuse(415, invalidInput("Content-Type", "application/json"));
  }
  return null;
}

interface Forwarding {
  readonly path: string;
  readonly timeoutMs: number;
  readonly token: string | null;
  readonly body?: string | undefined;
  /** The answer stays open; `timeoutMs` is for its beginning. */
  readonly isStream?: boolean;
}

async function forward(request: Request, bank: string, to: Forwarding): Promise<Response> {
  if (!isTrustedHost(request.headers.get("host"))) {
    return refuse(421, { code: "not-allowed", details: {} });
  }
  const member = (await loadManifest()).members.find(({ id }) => id === bank);
  if (member === undefined) return refuse(404, { code: "unknown-bank", details: { bank } });

  const { body } = to;
  const url = new URL(to.path, member.url);
  const headers = new Headers({ accept: to.isStream ? "text/event-stream" : "application/json" });
  if (body !== undefined) headers.set("content-type", "application/json");
  if (to.token !== null) headers.set("authorization", `Bearer ${to.token}`);
  try {
    if (to.isStream) {
      const gone = request.signal;
      return await forwardStream({ url, headers, gone, timeoutMs: to.timeoutMs });
    }
    const answer = await fetch(url, {
      method: request.method,
      headers,
      body: body ?? null,
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(to.timeoutMs)]),
    });
    return json(answer.status, await answer.text());
  } catch (error) {
    return refuseUnanswered(error, member.name, request.method);
  }
}

/**
 * A bank that did not answer. When the request never left, nothing was done; when it may have
 * arrived and would change state, its outcome is unknown, and unknown is not told as failed (law 2).
 */
function refuseUnanswered(error: unknown, bank: string, method: string): Response {
  const wasSent = !neverConnected(error);
  const timedOut = error instanceof DOMException && error.name === "TimeoutError";
  const code = wasSent && method !== "GET" ? "outcome-unknown" : "bank-unreachable";
  return refuse(timedOut ? 504 : 502, { code, details: { bank } });
}

function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { cause } = error;
  const causes: unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  return causes.some(
    (each) =>
      each instanceof Error &&
      "code" in each &&
      ["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND"].includes(String(each.code)),
  );
}
