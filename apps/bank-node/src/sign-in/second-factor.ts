import type {
  ChangePassword,
  ConfirmFactor,
  EnrolFactor,
  RenewRecoveryCodes,
} from "@pacto/contract";
import type { BankContext } from "../context.ts";
import { withTransaction } from "../database/transaction.ts";
import { RefusalError } from "../trpc.ts";
import { endSessions } from "./ended-sessions.ts";
import { isWeakPassword } from "./passwords.ts";
import { type OpenSession, readFullSession, readSession } from "./sessions.ts";
import { completeSession, cookieIn, orRefused, refuse, useCode } from "./sign-in.ts";
import { writeSignInAudit } from "./sign-in-audit.ts";
import { beginAttempt } from "./throttle.ts";

/**
 * Begins to enrol the second factor at the first sign-in: needs the password again, and another
 * password where somebody else chose it. @throws RefusalError
 */
export async function enrolFactor(
  ctx: BankContext,
  { session: secret, password, newPassword }: EnrolFactor,
): Promise<{ uri: string; recoveryCodes: string[] }> {
  const session = await readSession(ctx, secret);
  if (session.hasFactor) refuse("factor-enrolled");
  if (session.mustChangePassword && newPassword === undefined) refuse("password-weak");
  const attempt = await beginAttempt(ctx, session.email);
  if (newPassword !== undefined)
    await replacePassword(ctx, session, { secret, password, newPassword });
  const enrolled = await orRefused(
    ctx.bank.signIn.auth.api.enableTwoFactor({
      body: { password: newPassword ?? password },
      headers: bearer(secret),
    }),
  );
  await attempt.succeeded();
  if (!("totpURI" in enrolled)) throw new Error("better-auth enrolled no authenticator");
  return { uri: enrolled.totpURI, recoveryCodes: enrolled.backupCodes };
}

/** Ends the enrolment with a first code. Whatever else was open for the account ends. */
export async function confirmFactor(
  ctx: BankContext,
  { session: secret, code }: ConfirmFactor,
): Promise<{ session: string }> {
  const { hasFactor, memberId, email } = await readSession(ctx, secret);
  if (hasFactor) refuse("factor-enrolled");
  const attempt = await beginAttempt(ctx, email);
  const { headers } = await orRefused(
    ctx.bank.signIn.auth.api.verifyTOTP({
      body: { code },
      headers: bearer(secret),
      returnHeaders: true,
    }),
  );
  const [session = ""] = decodeURIComponent(cookieIn(headers, "pacto.session_token")).split(".");
  await completeSession(ctx, session, code);
  const { id } = await readFullSession(ctx, session);
  const ended = await withTransaction(ctx.bank.pools.api, async (tx) => {
    await tx.query("UPDATE staff_member SET factor_reset_by = NULL WHERE id = $1", [memberId]);
    await writeSignInAudit(tx, ctx, "signIn.enrolFactor", { memberId, session: id });
    return endSessions(tx, { memberId, except: id });
  });
  ctx.bank.signIn.ended.add(ended);
  await attempt.succeeded();
  return { session };
}

/**
 * Chooses another password; all other sessions of the person end. A one-time password is replaced
 * without another code: the session took one, and is good for nothing else. @throws RefusalError
 */
export async function changePassword(
  ctx: BankContext,
  { session: secret, password, newPassword, code }: ChangePassword,
): Promise<void> {
  const session = await readFullSession(ctx, secret);
  if (!session.mustChangePassword) {
    if (code === undefined) refuse("second-factor-needed");
    await demandCode(ctx, session, { secret, code });
  }
  const attempt = await beginAttempt(ctx, session.email);
  await replacePassword(ctx, session, { secret, password, newPassword });
  await attempt.succeeded();
}

/** New recovery codes in place of all old ones. @throws RefusalError */
export async function renewRecoveryCodes(
  ctx: BankContext,
  { session: secret, password, code }: RenewRecoveryCodes,
): Promise<{ recoveryCodes: string[] }> {
  const session = await readFullSession(ctx, secret);
  await demandCode(ctx, session, { secret, code });
  const attempt = await beginAttempt(ctx, session.email);
  const { backupCodes } = await orRefused(
    ctx.bank.signIn.auth.api.generateBackupCodes({ body: { password }, headers: bearer(secret) }),
  );
  const { id, memberId } = session;
  await withTransaction(ctx.bank.pools.api, (tx) =>
    writeSignInAudit(tx, ctx, "signIn.renewRecoveryCodes", { memberId, session: id }),
  );
  await attempt.succeeded();
  return { recoveryCodes: backupCodes };
}

/** What changes a factor takes the factor that is there, once more and for this alone. */
async function demandCode(
  ctx: BankContext,
  { memberId, email }: OpenSession,
  { secret, code }: { readonly secret: string; readonly code: string },
): Promise<void> {
  const attempt = await beginAttempt(ctx, email);
  await orRefused(ctx.bank.signIn.auth.api.verifyTOTP({ body: { code }, headers: bearer(secret) }));
  if (!(await withTransaction(ctx.bank.pools.api, (tx) => useCode(tx, memberId, code)))) {
    refuse("sign-in-refused");
  }
  await attempt.succeeded();
}

async function replacePassword(
  ctx: BankContext,
  { id, memberId, name, email }: OpenSession,
  asked: { readonly secret: string; readonly password: string; readonly newPassword: string },
): Promise<void> {
  const { secret, password: currentPassword, newPassword } = asked;
  const isOld = newPassword === currentPassword;
  if (isOld || isWeakPassword(newPassword, [...name.split(" "), ...email.split(/[@.]/)])) {
    throw new RefusalError({ code: "password-weak", details: {} });
  }
  await orRefused(
    ctx.bank.signIn.auth.api.changePassword({
      body: { currentPassword, newPassword },
      headers: bearer(secret),
    }),
  );
  const ended = await withTransaction(ctx.bank.pools.api, async (tx) => {
    await tx.query(
      `UPDATE staff_member SET must_change_password = false, password_set_by = NULL,
              password_until = NULL, updated_at = now() WHERE id = $1`,
      [memberId],
    );
    await writeSignInAudit(tx, ctx, "signIn.changePassword", { memberId, session: id });
    return endSessions(tx, { memberId, except: id });
  });
  ctx.bank.signIn.ended.add(ended);
}

function bearer(secret: string): { authorization: string } {
  return { authorization: `Bearer ${secret}` };
}
