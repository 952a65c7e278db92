import { createHash, timingSafeEqual } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { StaffActor } from "./actor.ts";
import type { IdentitySource } from "./authenticate.ts";

const TOKEN = /^[A-Za-z0-9._~+/-]{32,512}=*$/;

/**
 * The one identity of a local consortium until each bank signs in its own staff: whoever can read
 * the token's file may do everything at this bank. A node without such a file lets nobody in.
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
  const actor: StaffActor = {
    kind: "staff",
    id: "demo",
    name: "Demo",
    homeBank: bank,
    roles: ["teller", "supervisor", "auditor", "operator", "user-admin"],
  };
  // Hashes of one length, compared in constant time: how long it takes tells nothing.
  return (candidate) => (timingSafeEqual(digest(candidate), expected) ? actor : undefined);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
