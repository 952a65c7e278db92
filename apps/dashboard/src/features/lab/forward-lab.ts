import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { BODY_BYTES_MAX, json, readBody, refuse } from "../../banks/answers.ts";
import { tokenFor } from "../../banks/ask-sign-in.ts";
import { checkStateChange } from "../../banks/forward.ts";
import { readSessionCookie } from "../../banks/session-cookie.ts";
import { isTrustedHost } from "../../banks/trusted-host.ts";
import { env } from "../../env.ts";

const control = z.object({ url: z.string(), token: z.string() });

/** What the browser may ask of the Lab. */
const ALLOWED = new Set(["GET ", "POST acts", "POST recordings", "POST replays", "DELETE replays"]);

/** A start waits until the bank is ready. */
const TIMEOUT_MS = 90_000;
/** How long a node's word on its operator is taken: in the Lab no node may be there to give it. */
const ADMITTED_MS = 10 * 60_000;
const admitted = new Map<string, number>();

/** Whether this dashboard was started with a local consortium that can be broken. */
export function hasLab(): boolean {
  return env.PACTO_CONTROL_FILE !== undefined;
}

/**
 * Passes a request of this origin's own page on to the local consortium's control interface, for
 * whom a bank's node calls an operator.
 */
export async function forwardLab(request: Request, path: readonly string[]): Promise<Response> {
  const file = env.PACTO_CONTROL_FILE;
  const isKnown = ALLOWED.has(`${request.method} ${path.join("/")}`);
  if (file === undefined || !isKnown) return refuse(404, { code: "not-allowed", details: {} });
  if (!isTrustedHost(request.headers.get("host"))) {
    return refuse(421, { code: "not-allowed", details: {} });
  }
  const changesState = request.method !== "GET";
  const problem = changesState ? checkStateChange(request) : null;
  if (problem !== null) return problem;
  if (!(await isOperator(request))) {
    return refuse(403, { code: "not-allowed", details: {} });
  }
  const body = changesState ? await readBody(request) : null;
  if (changesState && body === null) {
    return json(413, JSON.stringify({ error: `≤ ${BODY_BYTES_MAX} B` }));
  }
  try {
    const { url, token } = control.parse(JSON.parse(await readFile(file, "utf8")));
    const answer = await fetch(`${url}/${["lab", ...path].join("/")}`, {
      method: request.method,
      headers: { authorization: `Bearer ${token}` },
      body,
      cache: "no-store",
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    return json(answer.status, await answer.text());
  } catch {
    return json(502, JSON.stringify({ error: "The consortium's control does not answer." }));
  }
}

/** The person's home bank says; its word is kept for a while, because here it may be down. */
async function isOperator(request: Request): Promise<boolean> {
  const session = readSessionCookie(request);
  if (session === null) return false;
  const key = createHash("sha256").update(`${session.bank} ${session.secret}`).digest("base64");
  if ((admitted.get(key) ?? 0) > Date.now()) return true;
  const answer = await tokenFor(request, session, { bank: session.bank });
  const isOne = answer.ok && answer.value.person.roles.includes("operator");
  if (isOne) admitted.set(key, Date.now() + ADMITTED_MS);
  return isOne;
}
