import { setTimeout as delay } from "node:timers/promises";
import type { FirstMember } from "@pacto/contract";
import { totpCode, TOTP_STEP_SECONDS } from "@pacto/contract/signing";
import type { BankApi } from "../consortium/ask-bank.ts";
import { Refused } from "../exit.ts";
import { keep, type KeptSession, readKept, type Whose } from "./kept-session.ts";

/** Calls the bank's sign-in; its refusals are thrown as Refused. */
type Ask = <Answer>(question: (api: BankApi) => Promise<Answer>) => Promise<Answer>;

export interface Signing extends Whose {
  readonly member: () => FirstMember;
  readonly ask: Ask;
  readonly signal: AbortSignal;
}

const STEP_MS = TOTP_STEP_SECONDS * 1_000;
/** A token that is about to expire may do so on its way. */
const MARGIN_MS = 20_000;

/**
 * A token of the person at its own bank: the last command's while it is good, a new one of its
 * session while that lasts, else by signing in. `isRefused`: the bank did not accept the last one.
 */
export async function tokenOf(signing: Signing, isRefused = false): Promise<string> {
  const kept = isRefused ? undefined : readKept(signing);
  if (kept !== undefined) {
    if (Date.parse(kept.expiresAt) - MARGIN_MS > Date.now()) return kept.token;
    const renewed = await renew(signing, kept.session).catch(toUndefined("session-ended"));
    if (renewed !== undefined) return renewed.token;
  }
  return (await renew(signing, await signIn(signing))).token;
}

async function renew(signing: Signing, session: string): Promise<KeptSession> {
  const { bank, ask } = signing;
  const { token, expiresAt } = await ask((api) =>
    api.signIn.token.mutate({ session, bank, isActive: true }),
  );
  const kept = { session, token, expiresAt };
  keep(signing, kept);
  return kept;
}

/**
 * A code counts once, but the bank takes those of the steps before and after as well: several
 * commands at once need not wait for one another.
 */
async function signIn(signing: Signing): Promise<string> {
  const { email, password, totpSecret = "" } = signing.member();
  const { ask, signal } = signing;
  for (let round = 0; ; round += 1) {
    for (const step of [0, -1, 1]) {
      const code = totpCode(totpSecret, Date.now() + step * STEP_MS);
      const next = await ask((api) => api.signIn.withPassword.mutate({ email, password }));
      if (next.next !== "code") throw new Refused("second-factor-needed");
      const { challenge } = next;
      const signedIn = await ask((api) => api.signIn.withCode.mutate({ challenge, code })).catch(
        toUndefined("sign-in-refused"),
      );
      if (signedIn !== undefined) return signedIn.session;
    }
    if (round > 0) throw new Refused("sign-in-refused");
    await delay(STEP_MS - (Date.now() % STEP_MS), undefined, { signal });
  }
}

function toUndefined(code: string) {
  return (error: unknown): undefined => {
    if (error instanceof Refused && error.refusal.code === code) return undefined;
    throw error;
  };
}
