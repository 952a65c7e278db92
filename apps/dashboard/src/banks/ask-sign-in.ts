import {
  type Refusal,
  refusalSchema,
  staffTokenOutput,
  type StaffTokenView,
} from "@pacto/contract";
import { createHash } from "node:crypto";
import { z } from "zod";
import { loadManifest } from "./manifest.ts";
import type { BankSecret } from "./session-cookie.ts";

const TIMEOUT_MS = 10_000;
/** A token that is about to expire may do so on its way. */
const MARGIN_MS = 20_000;
const TOKENS_MAX = 5_000;

const answered = z.object({ result: z.object({ data: z.unknown() }) });
const failed = z.object({
  error: z.object({ data: z.object({ refusal: refusalSchema.nullable() }) }),
});

export type SignInAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly status: number; readonly refusal: Refusal };

/**
 * Asks a bank's own sign-in. The caller's address and browser go with it: the bank counts failures
 * by the one and tells its staff's sessions by both.
 */
export async function askSignIn<Output extends z.ZodType>(
  request: Request,
  bank: string,
  call: { readonly procedure: string; readonly input: object; readonly output: Output },
): Promise<SignInAnswer<z.infer<Output>>> {
  const member = (await loadManifest()).members.find(({ id }) => id === bank);
  const unknown: Refusal = { code: "unknown-bank", details: { bank } };
  if (member === undefined) return { ok: false, status: 404, refusal: unknown };
  const away: Refusal = { code: "bank-unreachable", details: { bank: member.name } };
  try {
    const answer = await fetch(new URL(`/trpc/signIn.${call.procedure}`, member.url), {
      method: "POST",
      headers: { "content-type": "application/json", ...callerOf(request) },
      body: JSON.stringify(call.input),
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: unknown = await answer.json();
    const good = answered.safeParse(body);
    if (good.success) return { ok: true, value: call.output.parse(good.data.result.data) };
    const refusal = failed.safeParse(body).data?.error.data.refusal ?? away;
    return { ok: false, status: answer.status, refusal };
  } catch {
    return { ok: false, status: 502, refusal: away };
  }
}

function callerOf({ headers }: Request): Record<string, string> {
  const [address, device] = [headers.get("x-forwarded-for"), headers.get("user-agent")];
  return {
    ...(address === null ? {} : { "x-forwarded-for": address }),
    ...(device === null ? {} : { "user-agent": device }),
  };
}

/** Tokens by session and bank, for as long as they are good: one question in minutes, not in each. */
const tokens = new Map<string, StaffTokenView>();

/** The person's token for one bank, from its home bank. */
export async function tokenFor(
  request: Request,
  session: BankSecret,
  { bank, isActive = false }: { readonly bank: string; readonly isActive?: boolean },
): Promise<SignInAnswer<StaffTokenView>> {
  const key = keyOf(session, bank);
  const known = tokens.get(key);
  const isGood = known !== undefined && Date.parse(known.expiresAt) - MARGIN_MS > Date.now();
  if (isGood && !isActive) return { ok: true, value: known };
  const answer = await askSignIn(request, session.bank, {
    procedure: "token",
    input: { session: session.secret, bank, isActive },
    output: staffTokenOutput,
  });
  if (answer.ok) {
    const [oldest] = tokens.keys();
    if (tokens.size >= TOKENS_MAX && oldest !== undefined) tokens.delete(oldest);
    tokens.set(key, answer.value);
  } else {
    tokens.delete(key);
  }
  return answer;
}

/** The bank did not accept it: the session may have ended. */
export function forgetToken(session: BankSecret, bank: string): void {
  tokens.delete(keyOf(session, bank));
}

function keyOf({ bank: home, secret }: BankSecret, bank: string): string {
  return createHash("sha256").update(`${home} ${secret} ${bank}`).digest("base64url");
}
