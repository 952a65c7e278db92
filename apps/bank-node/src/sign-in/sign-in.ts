import type { Refusal, SignInNext, SignInWithCode, SignInWithPassword } from "@pacto/contract";
import type { SigningKey } from "@pacto/contract/signing";
import { APIError } from "better-auth/api";
import type { BankContext } from "../context.ts";
import { withTransaction } from "../database/transaction.ts";
import { RefusalError } from "../trpc.ts";
import type { Auth } from "./auth.ts";
import type { EndedSessions } from "./ended-sessions.ts";
import { readSession } from "./sessions.ts";
import { writeSignInAudit } from "./sign-in-audit.ts";
import { beginAttempt } from "./throttle.ts";

/** What a bank needs to let its own staff in. */
export interface SignIn {
  readonly auth: Auth;
  /** Signs the tokens of the bank's staff. */
  readonly signer: Pick<SigningKey, "keyId" | "privateKey">;
  readonly ended: EndedSessions;
}

export function refuse(code: Refusal["code"]): never {
  throw new RefusalError({ code, details: {} });
}

/**
 * The first half of signing in. Whatever is wrong, the answer and its time are the same, so that
 * nobody learns who works here. @throws RefusalError
 */
export async function signInWithPassword(
  ctx: BankContext,
  { email, password }: SignInWithPassword,
): Promise<SignInNext> {
  const attempt = await beginAttempt(ctx, email);
  const { headers, response } = await orRefused(
    ctx.bank.signIn.auth.api.signInEmail({ body: { email, password }, returnHeaders: true }),
  );
  await demandEnabled(ctx, email);
  await attempt.succeeded();
  if ("twoFactorRedirect" in response) {
    return { next: "code", challenge: cookieIn(headers, "pacto.two_factor") };
  }
  const { mustChangePassword } = await readSession(ctx, response.token);
  return { next: "enrol", session: response.token, mustChangePassword };
}

/** Looked at after the password, so that only its owner learns anything at all. */
async function demandEnabled(ctx: BankContext, email: string): Promise<void> {
  const { rows } = await ctx.bank.pools.api.query(
    `SELECT 1 FROM staff_member WHERE email = $1 AND disabled_at IS NULL
        AND (password_until IS NULL OR password_until > now())`,
    [email],
  );
  if (rows.length === 0) refuse("sign-in-refused");
}

/** The second half: a code of the authenticator or a recovery code, each once. @throws RefusalError */
export async function signInWithCode(
  ctx: BankContext,
  { challenge, code }: SignInWithCode,
): Promise<{ session: string; mustChangePassword: boolean }> {
  const attempt = await beginAttempt(ctx, null);
  const { api } = ctx.bank.signIn.auth;
  const isRecovery = code.includes("-");
  const asked = { body: { code }, headers: { cookie: `pacto.two_factor=${challenge}` } };
  const answer = await orRefused(isRecovery ? api.verifyBackupCode(asked) : api.verifyTOTP(asked));
  const session = String(answer.token);
  await completeSession(ctx, session, isRecovery ? null : code);
  await attempt.succeeded();
  const { mustChangePassword } = await readSession(ctx, session);
  return { session, mustChangePassword };
}

/**
 * Marks a session as one in which a second factor was given. A code of the authenticator that was
 * used before gives no session, whoever shows it again.
 */
export async function completeSession(
  ctx: BankContext,
  secret: string,
  code: string | null,
): Promise<void> {
  const isNew = await withTransaction(ctx.bank.pools.api, async (tx) => {
    const { rows } = await tx.query<{ id: string; memberId: string }>(
      `SELECT s.id, s.user_id AS "memberId" FROM staff_session s
       JOIN staff_member m ON m.id = s.user_id AND m.disabled_at IS NULL WHERE s.token = $1`,
      [secret],
    );
    const [session] = rows;
    if (session === undefined) return false;
    if (code !== null && !(await useCode(tx, session.memberId, code))) {
      await tx.query("DELETE FROM staff_session WHERE id = $1", [session.id]);
      return false;
    }
    await tx.query(
      "UPDATE staff_session SET factor = $2, ip_address = $3, user_agent = $4 WHERE id = $1",
      [
        session.id,
        code === null ? "recovery-code" : "totp",
        ctx.address ?? null,
        ctx.device ?? null,
      ],
    );
    const { memberId, id } = session;
    await writeSignInAudit(tx, ctx, "signIn.complete", { memberId, session: id });
    return true;
  });
  if (!isNew) refuse("sign-in-refused");
}

type Tx = Parameters<typeof writeSignInAudit>[0];

/** True the first time. A code is good for a minute and a half at most. */
export async function useCode(tx: Tx, memberId: string, code: string): Promise<boolean> {
  await tx.query("DELETE FROM staff_used_code WHERE used_at < now() - interval '5 minutes'");
  const { rowCount } = await tx.query(
    "INSERT INTO staff_used_code (user_id, code) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    [memberId, code],
  );
  return rowCount === 1;
}

const LOCKED = new Set(["ACCOUNT_TEMPORARILY_LOCKED", "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE"]);
const LOCKED_MINUTES = 15;

/** The library's many reasons become one refusal; only that the account rests is told apart. */
export async function orRefused<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof APIError) || error.statusCode >= 500) throw error;
    if (LOCKED.has(error.body?.code ?? "")) {
      const details = { minutes: LOCKED_MINUTES };
      throw new RefusalError({ code: "sign-in-locked", details }, error);
    }
    throw new RefusalError({ code: "sign-in-refused", details: {} }, error);
  }
}

export function cookieIn(headers: Headers, name: string): string {
  for (const cookie of headers.getSetCookie()) {
    const [pair = ""] = cookie.split(";");
    if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1);
  }
  throw new Error(`better-auth set no ${name}`);
}
