import { readFile } from "node:fs/promises";
import { type FirstMember, firstStaffFile } from "@pacto/contract";
import { totpCode } from "@pacto/contract/signing";
import type { Consortium } from "@pacto/testbed";
import type { BrowserContext } from "@playwright/test";

export const HOME = "azul";

/** What the consortium invented for a member of azul's staff. */
export async function memberOf(consortium: Consortium, person: string): Promise<FirstMember> {
  const text = await readFile(consortium.files.bank(HOME).staff, "utf8");
  const { members } = firstStaffFile.parse(JSON.parse(text));
  const found = members.find(({ email }) => email.startsWith(`${person}@`));
  if (found === undefined) throw new Error(`nobody is called ${person}`);
  return found;
}

/** One sign-in for all tests of a worker: a code counts once, so each would have to wait for its own. */
const sessions = new Map<string, string>();

/** Signs in by the bank's own interface and gives the browser the cookie that the page would. */
export async function signIn(
  context: BrowserContext,
  consortium: Consortium,
  person: string,
): Promise<void> {
  const key = `${consortium.bank(HOME).url} ${person}`;
  const session = sessions.get(key) ?? (await openSession(consortium, person));
  sessions.set(key, session);
  await ask(consortium, "token", { session, bank: HOME, isActive: true });
  // Browsers take a Secure cookie from this machine over HTTP; the driver wants to hear of HTTPS.
  const url = (consortium.dashboard?.url ?? "").replace("http:", "https:");
  const value = `${HOME}.${session}`;
  const flags = { secure: true, httpOnly: true, sameSite: "Strict" } as const;
  await context.addCookies([{ name: "__Host-pacto-session", value, url, ...flags }]);
}

async function openSession(consortium: Consortium, person: string): Promise<string> {
  const { email, password, totpSecret = "" } = await memberOf(consortium, person);
  const { challenge } = await ask<{ challenge: string }>(consortium, "withPassword", {
    email,
    password,
  });
  const code = totpCode(totpSecret, Date.now());
  return (await ask<{ session: string }>(consortium, "withCode", { challenge, code })).session;
}

export async function ask<Answer>(
  consortium: Consortium,
  step: string,
  input: object,
): Promise<Answer> {
  const answer = await fetch(`${consortium.bank(HOME).url}/trpc/signIn.${step}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  const body = (await answer.json()) as { result?: { data: Answer } };
  if (body.result === undefined) throw new Error(JSON.stringify(body));
  return body.result.data;
}
