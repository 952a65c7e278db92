import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { totpCode, TOTP_STEP_SECONDS } from "@pacto/contract/signing";
import { appRouter } from "../src/router.ts";
import { ensureFirstStaff } from "../src/sign-in/first-staff.ts";
import type { Role, StaffActor } from "../src/staff/actor.ts";
import type { BankInProcess, Caller } from "./banks-in-process.ts";

export const PASSWORD = "quatro palavras sem sentido";
export const NEW_PASSWORD = "outras cinco palavras bem tortas";
export const TOTP_SECRET = "0123456789abcdef0123456789abcdef";

export interface Person {
  readonly email: string;
  readonly password: string;
}

/** Somebody who is not signed in. */
export function somebodyAt(
  { node: { bank } }: BankInProcess,
  { address = "192.0.2.1", device }: { address?: string; device?: string } = {},
): Caller["signIn"] {
  const actor = { kind: "anonymous" } as const;
  return appRouter.createCaller({ bank, actor, correlationId: "test", address, device }).signIn;
}

/** Members of staff by way of a file, as a bank's first start reads it. @returns how many it made */
export async function firstStaffOf(
  bank: BankInProcess,
  member: object,
  { isPasswordFixed = false, mode = 0o600 } = {},
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "pacto-staff-"));
  const path = join(folder, "staff.json");
  try {
    await writeFile(path, JSON.stringify({ isPasswordFixed, members: [member] }), { mode });
    return await ensureFirstStaff(path, bank.node.bank);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A new member of the bank's staff, with an authenticator unless told otherwise. */
export async function newPersonAt(
  bank: BankInProcess,
  { hasFactor = true, roles = ["teller"] as readonly Role[] } = {},
): Promise<Person> {
  const email = `${randomUUID()}@${bank.id}.example`;
  const totpSecret = hasFactor ? TOTP_SECRET : undefined;
  await firstStaffOf(bank, { name: "Ana", email, roles, password: PASSWORD, totpSecret });
  return { email, password: PASSWORD };
}

/** Of now, or of the step before or after, which are good as well. */
export const codeOf = (secret: string | Uint8Array = TOTP_SECRET, steps = 0) =>
  totpCode(secret, Date.now() + steps * TOTP_STEP_SECONDS * 1_000);

export async function challengeAt(bank: BankInProcess, person: Person): Promise<string> {
  const next = await somebodyAt(bank).withPassword(person);
  if (next.next !== "code") throw new Error("no code was asked for");
  return next.challenge;
}

/** Signs in; `steps` takes another code than one that was used a moment ago. */
export async function sessionAt(
  bank: BankInProcess,
  person: Person,
  { steps = 0, ...from }: { steps?: number; address?: string; device?: string } = {},
): Promise<string> {
  const challenge = await challengeAt(bank, person);
  const code = codeOf(TOTP_SECRET, steps);
  return (await somebodyAt(bank, from).withCode({ challenge, code })).session;
}

/** The person as the bank knows them by a token of that session. */
export async function actorOf(bank: BankInProcess, session: string): Promise<StaffActor> {
  const { person } = await somebodyAt(bank).token({ session, bank: bank.id });
  const { id, name, roles } = person;
  const [row] = await bank.sql<{ id: string }>("SELECT id FROM staff_session WHERE token = $1", [
    session,
  ]);
  return { kind: "staff", id, name, homeBank: bank.id, roles, session: row?.id ?? "" };
}
