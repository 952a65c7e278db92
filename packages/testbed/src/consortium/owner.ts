import { randomUUID } from "node:crypto";
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { identifyProcess, isRunning } from "../processes/identity.ts";
import { readPidFile } from "../processes/pid-file.ts";

/** Another live process runs the consortium in this folder. */
export class AlreadyRunning extends Error {
  override readonly name = "AlreadyRunning";
}

/**
 * Claims a data folder for this process; the claim of a process that has died counts for nothing.
 * Claims are numbered files: who wants the folder adds the next number to a dead claim, and a
 * number is given once only, so that of two who find the same dead claim one wins.
 * @param claims folder of the claims
 * @returns what gives the claim back
 * @throws AlreadyRunning when a living process holds it
 */
export async function claimFolder(claims: string): Promise<() => void> {
  const self = await identifyProcess(process.pid);
  if (self === undefined) throw new Error("This process cannot see itself.");
  mkdirSync(claims, { recursive: true });
  const draft = join(claims, `draft-${randomUUID()}`);
  writeFileSync(draft, JSON.stringify(self), { mode: 0o600 });
  try {
    for (;;) {
      const numbers = claimNumbers(claims);
      const last = numbers.at(-1) ?? 0;
      await refuseIfAlive(claims, last);
      if (!tryLink(draft, claimFile(claims, last + 1))) continue;
      for (const number of numbers) rmSync(claimFile(claims, number), { force: true });
      return () => giveBack(claims, last + 1);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

async function refuseIfAlive(claims: string, number: number): Promise<void> {
  const holder = readPidFile(claimFile(claims, number));
  if (holder === undefined || !(await isRunning(holder))) return;
  throw new AlreadyRunning(
    `A consortium already runs in ${dirname(claims)} (process ${holder.pid}). Stop it with ` +
      "Ctrl-C in its terminal, or choose another folder by PACTO_DATA_DIR.",
  );
}

/** The file stays, or its number could be given again. */
function giveBack(claims: string, number: number): void {
  // Somebody may have removed the whole data folder meanwhile.
  if (!existsSync(claims)) return;
  const draft = join(claims, `draft-${randomUUID()}`);
  writeFileSync(draft, "given back");
  renameSync(draft, claimFile(claims, number));
}

function claimNumbers(claims: string): number[] {
  return readdirSync(claims)
    .filter((name) => /^\d+\.json$/.test(name))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b);
}

function claimFile(claims: string, number: number): string {
  return join(claims, `${number}.json`);
}

/** A hard link is made whole or not at all, and never over an existing file. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
