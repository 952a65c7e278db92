import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { BODY_BYTES_MAX, checkStateChange, json, readBody, refuse } from "../../banks/forward.ts";
import { isTrustedHost, readIdentityToken } from "../../banks/demo-identity.ts";
import { loadManifest } from "../../banks/manifest.ts";
import { env } from "../../env.ts";

const control = z.object({ url: z.string(), token: z.string() });

/** What the browser may ask of the Lab. */
const ALLOWED = new Set(["GET ", "POST acts", "POST recordings", "POST replays", "DELETE replays"]);

/** A start waits until the bank is ready. */
const TIMEOUT_MS = 90_000;
const ASK_TIMEOUT_MS = 2_000;
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
  if (!(await isOperator(await readIdentityToken()))) {
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

/** The first bank that answers says; the dashboard itself verifies no token. */
async function isOperator(token: string | null): Promise<boolean> {
  if (token === null) return false;
  const key = createHash("sha256").update(token).digest("base64");
  if ((admitted.get(key) ?? 0) > Date.now()) return true;
  const { members } = await loadManifest();
  const answers = members.map(async ({ url }) => {
    const answer = await fetch(new URL("/trpc/operations.mayOperate", url), {
      headers: { authorization: `Bearer ${token}` },
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
    });
    if (answer.status >= 500) throw new Error("no word");
    return answer.ok;
  });
  const isOne = await Promise.any(answers).catch(() => false);
  if (isOne) admitted.set(key, Date.now() + ADMITTED_MS);
  return isOne;
}
