import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { type FirstMember, firstStaffFile, type StaffTokenView } from "@pacto/contract";
import { totpCode, TOTP_STEP_SECONDS } from "@pacto/contract/signing";
import type { Consortium } from "@pacto/testbed";
import type { Browser, BrowserContext, Page } from "@playwright/test";

export const HOME = "azul";

/** What the consortium invented for a member of azul's staff. */
export async function memberOf(consortium: Consortium, person: string): Promise<FirstMember> {
  const text = await readFile(consortium.files.bank(HOME).staff, "utf8");
  const { members } = firstStaffFile.parse(JSON.parse(text));
  const found = members.find(({ email }) => email.startsWith(`${person}@`));
  if (found === undefined) throw new Error(`nobody is called ${person}`);
  return found;
}

const usedCodes = new Set<string>();

/**
 * A code of the person's authenticator that nobody typed yet, because each counts once: the one of
 * now or the next one, which is good already; after both, the one after them.
 */
export async function freshCode({ email, totpSecret = "" }: FirstMember): Promise<string> {
  for (;;) {
    for (const step of [0, 1]) {
      const code = totpCode(totpSecret, Date.now() + step * TOTP_STEP_SECONDS * 1_000);
      const use = `${email} ${code}`;
      if (usedCodes.has(use)) continue;
      usedCodes.add(use);
      return code;
    }
    await delay(500);
  }
}

/** One sign-in for all tests of a worker: each takes a code, and codes come by the half minute. */
const sessions = new Map<string, string>();

/** Signs in by the bank's own interface and gives the browser the cookie that the page would. */
export async function signIn(
  context: BrowserContext,
  consortium: Consortium,
  person: string,
): Promise<void> {
  const session = await sessionOf(consortium, person);
  // Browsers take a Secure cookie from this machine over HTTP; the driver wants to hear of HTTPS.
  const url = (consortium.dashboard?.url ?? "").replace("http:", "https:");
  const value = `${HOME}.${session}`;
  const flags = { secure: true, httpOnly: true, sameSite: "Strict" } as const;
  await context.addCookies([{ name: "__Host-pacto-session", value, url, ...flags }]);
}

/** A browser of its own for somebody who is signed in; close its context at the end. */
export async function browserOf(
  browser: Browser,
  consortium: Consortium,
  person: string,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: consortium.dashboard?.url ?? "",
    locale: "pt-BR",
    timezoneId: "America/Sao_Paulo",
  });
  await signIn(context, consortium, person);
  return context.newPage();
}

/** Token and person of somebody at azul. */
export async function tokenOf(consortium: Consortium, person: string): Promise<StaffTokenView> {
  const session = await sessionOf(consortium, person);
  return askSignIn<StaffTokenView>(consortium, "token", { session, bank: HOME });
}

/** The person's session for this worker, or a new one where that has ended. */
async function sessionOf(consortium: Consortium, person: string): Promise<string> {
  const key = `${consortium.bank(HOME).url} ${person}`;
  const kept = sessions.get(key);
  const ask = { session: kept, bank: HOME, isActive: true };
  const isOpen =
    kept !== undefined &&
    (await askSignIn(consortium, "token", ask).then(
      () => true,
      () => false,
    ));
  const session = isOpen ? kept : await openSession(consortium, person);
  sessions.set(key, session);
  return session;
}

async function openSession(consortium: Consortium, person: string): Promise<string> {
  const member = await memberOf(consortium, person);
  const { email, password } = member;
  const { challenge } = await askSignIn<{ challenge: string }>(consortium, "withPassword", {
    email,
    password,
  });
  const code = await freshCode(member);
  const answer = { challenge, code };
  return (await askSignIn<{ session: string }>(consortium, "withCode", answer)).session;
}

async function askSignIn<Answer>(
  consortium: Consortium,
  step: string,
  input: object,
): Promise<Answer> {
  return callBank<Answer>(consortium, `signIn.${step}`, { input });
}

/** A mutation at azul, in somebody's name or nobody's. */
export async function callBank<Answer>(
  consortium: Consortium,
  procedure: string,
  { input, token }: { readonly input: object; readonly token?: string },
): Promise<Answer> {
  const answer = await fetch(`${consortium.bank(HOME).url}/trpc/${procedure}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(input),
  });
  const body = (await answer.json()) as { result?: { data: Answer } };
  if (body.result === undefined) throw new Error(JSON.stringify(body));
  return body.result.data;
}
