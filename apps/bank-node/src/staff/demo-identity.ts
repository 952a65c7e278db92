import { createHash, timingSafeEqual } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { StaffActor } from "./actor.ts";
import type { IdentitySource } from "./authenticate.ts";

/** Names another person for the demo identity. It goes away with real sign-in. */
const PERSON_HEADER = "pacto-demo-person";
const PERSON = /^[a-z]{1,20}$/;

const TOKEN = /^[A-Za-z0-9._~+/-]{32,512}=*$/;

/**
 * The one identity of a local consortium until each bank signs in its own staff: whoever can read
 * the token's file may do everything at this bank. A node without such a file lets nobody in.
 * What takes two persons can be tried by naming them in `pacto-demo-person` (letters a–z, at most
 * 20): that proves nothing about who they are, and goes away with real sign-in.
 * @throws Error when the file is missing, readable by others, or holds no token
 */
export async function loadDemoIdentity(path: string, bank: string): Promise<IdentitySource> {
  const { mode } = await stat(path);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new Error(`The demo token ${path} is readable by others: close it with "chmod 600".`);
  }
  const token = (await readFile(path, "utf8")).trim();
  if (!TOKEN.test(token)) {
    throw new Error(`The demo token ${path} must be 32 to 512 letters, digits or -._~+/ signs.`);
  }
  const expected = digest(token);
  // Hashes of one length, compared in constant time: how long it takes tells nothing.
  return (candidate, headers) => {
    if (!timingSafeEqual(digest(candidate), expected)) return undefined;
    const person = headers[PERSON_HEADER];
    if (person === undefined) return demoPerson(bank, "demo", "Demo");
    if (typeof person !== "string" || !PERSON.test(person)) return undefined;
    return demoPerson(bank, `demo-${person}`, `Demo ${person}`);
  };
}

function demoPerson(homeBank: string, id: string, name: string): StaffActor {
  const roles = ["teller", "supervisor", "auditor", "operator", "user-admin"] as const;
  return { kind: "staff", id, name, homeBank, roles };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
