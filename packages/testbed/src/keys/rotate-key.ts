import { readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Manifest, ManifestError, type Member, parseRunnableManifest } from "@pacto/contract";
import {
  generateSigningKey,
  loadSigningKey,
  saveSigningKey,
  type SigningKey,
  signManifest,
} from "@pacto/contract/signing";
import { waitUntil } from "../processes/wait-until.ts";

/** How long the others still hear the old key: what was signed before the change is on its way. */
const OVERLAP_MS = 600_000;
const PATIENCE_MS = 15_000;

export interface RotateKeyOptions {
  readonly bank: string;
  readonly manifestFile: string;
  /** Holds `BANK/private-key.pem` of every member whose key is at hand. */
  readonly folder: string;
  /** How long the banks are waited for, in milliseconds; 15 s unless given. */
  readonly patienceMs?: number;
}

export type RotatedKey = {
  readonly epoch: number;
  readonly keyId: string;
  readonly manifestFile: string;
} & (
  | { readonly state: "done" }
  /** Some members' keys are elsewhere: they sign the draft before it takes the manifest's place. */
  | { readonly state: "to-be-signed"; readonly banks: readonly string[] }
  /** These do not go by the new manifest yet; asked again, it goes on from here. */
  | { readonly state: "waiting"; readonly banks: readonly string[] }
);

/**
 * Gives a bank a new key while the banks run: the new manifest first, with both keys, and once every
 * bank that answers goes by it the bank's key file. The old key ends ten minutes later and stays in
 * the list. Interrupted anywhere, the next call goes on with the same new key.
 * @throws ManifestError for a bank that is no member; KeyFileError without the bank's own key
 */
export async function rotateKey(options: RotateKeyOptions): Promise<RotatedKey> {
  const { bank, manifestFile } = options;
  const keyFile = keyFileOf(options, bank);
  const current = parseRunnableManifest(await readFile(manifestFile, "utf8"), manifestFile);
  const own = current.members.find(({ id }) => id === bank);
  if (own === undefined) throw new ManifestError(manifestFile, [`${bank} is no member.`]);
  const fresh = await readOrMakeNext(`${keyFile}.next`);
  const isListed = own.publicKeys.some(({ keyId }) => keyId === fresh.keyId);
  let epoch = current.epoch;
  if (!isListed) {
    epoch += 1;
    const members = current.members.map((one) => (one.id === bank ? withKey(one, fresh) : one));
    const missing = await publish(options, { ...current, epoch, members, signatures: [] });
    const draft = `${manifestFile}.draft`;
    if (missing.length > 0) {
      return { ...told(fresh, epoch, draft), state: "to-be-signed", banks: missing };
    }
  }
  const patienceMs = options.patienceMs ?? PATIENCE_MS;
  const behind = await banksBehind(current.members, epoch, patienceMs);
  const result = told(fresh, epoch, manifestFile);
  if (behind.length > 0) return { ...result, state: "waiting", banks: behind };
  await rename(`${keyFile}.next`, keyFile);
  return { ...result, state: "done" };
}

function told({ keyId }: SigningKey, epoch: number, manifestFile: string) {
  return { keyId, epoch, manifestFile };
}

function keyFileOf({ folder }: Pick<RotateKeyOptions, "folder">, bank: string): string {
  return join(folder, bank, "private-key.pem");
}

async function readOrMakeNext(path: string): Promise<SigningKey> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) await saveSigningKey(path, generateSigningKey());
  return loadSigningKey(path);
}

function withKey(member: Member, { keyId, publicKey }: SigningKey): Member {
  const notAfter = new Date(Date.now() + OVERLAP_MS).toISOString();
  const ended = member.publicKeys.map((key) => ({ ...key, notAfter: key.notAfter ?? notAfter }));
  return { ...member, publicKeys: [...ended, { keyId, publicKey }] };
}

/** Signs with every key that is at hand; whole, it takes the manifest's place. Who is missing. */
async function publish(options: RotateKeyOptions, unsigned: Manifest): Promise<string[]> {
  const missing: string[] = [];
  const signatures = await Promise.all(
    unsigned.members.map(async ({ id }) => {
      try {
        return [signManifest(unsigned, id, await loadSigningKey(keyFileOf(options, id)))];
      } catch (error) {
        if (id === options.bank) throw error;
        missing.push(id);
        return [];
      }
    }),
  );
  const manifest = { ...unsigned, signatures: signatures.flat() };
  const draft = `${options.manifestFile}.draft`;
  await writeFile(draft, `${JSON.stringify(manifest, undefined, 2)}\n`);
  if (missing.length === 0) await rename(draft, options.manifestFile);
  return missing;
}

/** Banks that answer and do not go by that epoch when the patience ends. */
async function banksBehind(
  members: readonly Member[],
  epoch: number,
  patienceMs: number,
): Promise<string[]> {
  let behind: string[] = [];
  await waitUntil(
    async () => {
      const each = await Promise.all(
        members.map(async ({ id, url }) => ((await epochAt(url)) < epoch ? [id] : [])),
      );
      behind = each.flat();
      return behind.length === 0;
    },
    { timeoutMs: patienceMs, everyMs: 200 },
  );
  return behind;
}

/** Infinity for a bank that does not answer: it reads the manifest as it starts. */
async function epochAt(url: string): Promise<number> {
  try {
    const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(2_000) });
    return Number(/^pacto_manifest_epoch (\d+)$/m.exec(await answer.text())?.[1] ?? 0);
  } catch (error) {
    const isSilent = error instanceof Error && error.name === "TimeoutError";
    return isSilent ? 0 : Infinity;
  }
}
