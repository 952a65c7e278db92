import { stat } from "node:fs/promises";
import { findMember, type Manifest, ManifestError, successionProblems } from "@pacto/contract";
import { hashCanonical, loadSigningKey, type SigningKey } from "@pacto/contract/signing";
import { auditedNode, writeAudit } from "./audit/audited.ts";
import type { Pool } from "./database/pools.ts";
import { withTransaction } from "./database/transaction.ts";
import type { NodeEnv } from "./env.ts";
import { ensureInternalAccounts } from "./ledger/internal-accounts.ts";
import type { Logger } from "./logger.ts";
import type { Contacts } from "./peers/contacts.ts";
import type { Directory } from "./peers/directory.ts";
import { readManifest } from "./read-membership.ts";

const EVERY_MS = 500;

/** A bank's key that can be exchanged while it signs: whoever holds this signs with the present one. */
export interface ExchangeableKey {
  readonly key: SigningKey;
  readonly exchange: (next: SigningKey) => void;
}

export function exchangeableKey(first: SigningKey): ExchangeableKey {
  let current = first;
  return {
    key: {
      get keyId() {
        return current.keyId;
      },
      get publicKey() {
        return current.publicKey;
      },
      get privateKey() {
        return current.privateKey;
      },
    },
    exchange(next) {
      current = next;
    },
  };
}

export interface FollowOptions {
  readonly env: Pick<NodeEnv, "PACTO_BANK" | "PACTO_MANIFEST" | "PACTO_PRIVATE_KEY_FILE">;
  readonly logger: Logger;
  readonly pool: Pool;
  readonly directory: Directory;
  readonly contacts: Contacts;
  readonly signing: ExchangeableKey;
}

/**
 * Looks at the manifest and at the bank's key, and goes by them from the moment they are other and
 * in order: a member that left is not listened to any more, grants and caps are those of the new one,
 * and the bank signs with the key that its file holds. What is not in order changes nothing and is
 * told in the log, once.
 */
export function followMembership(options: FollowOptions): { readonly stop: () => Promise<void> } {
  const { env, logger } = options;
  const files = [env.PACTO_MANIFEST, env.PACTO_PRIVATE_KEY_FILE];
  let seen: string | undefined;
  let told: string | undefined;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const found = await looksOf(files);
    if (found === seen) return;
    try {
      await takeOver(options);
      [seen, told] = [found, undefined];
    } catch (error) {
      // Tried again: the other file may still be on its way, or a second person's approval.
      const why = error instanceof Error ? error.message : String(error);
      if (why !== told) logger.error({ why }, "the bank goes on by the manifest that it has");
      told = why;
    }
  }

  let looking = Promise.resolve();
  const next = () => {
    if (isStopped) return;
    looking = look();
    void looking.finally(() => {
      if (!isStopped) timer = setTimeout(next, EVERY_MS).unref();
    });
  };
  next();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

/** Tells two states of the files apart without reading them. */
async function looksOf(paths: readonly string[]): Promise<string> {
  const all = paths.map((path) =>
    stat(path).then(
      ({ mtimeMs, size, ino }) => [mtimeMs, size, ino].join(),
      () => "missing",
    ),
  );
  return (await Promise.all(all)).join(";");
}

/** @throws ManifestError or KeyFileError when what is there cannot take the place of what was */
async function takeOver(options: FollowOptions): Promise<void> {
  const { env, directory, signing, logger } = options;
  const { manifest: current } = directory;
  const next = await readManifest(env.PACTO_MANIFEST);
  const isSame = hashOf(next) === hashOf(current);
  const problems = isSame ? [] : successionProblems(current, next, Date.now());
  const own = findMember(next, env.PACTO_BANK);
  if (own === undefined) problems.push(`${env.PACTO_BANK} is no member any more; stop this bank.`);
  if (problems.length > 0) throw new ManifestError(env.PACTO_MANIFEST, problems);
  const key = await loadSigningKey(env.PACTO_PRIVATE_KEY_FILE);
  if (own?.publicKeys.some(({ keyId }) => keyId === key.keyId) !== true) {
    throw new ManifestError(env.PACTO_MANIFEST, [
      `${env.PACTO_BANK}: its private key (key id ${key.keyId}) is none of its publicKeys.`,
    ]);
  }
  if (!isSame) {
    await demandApproval(options, next);
    await remember(options, next);
    directory.adopt(next);
    options.contacts.follow(directory.peers);
    logger.info({ epoch: next.epoch, ...changesOf(current, next) }, "goes by a new manifest");
  }
  if (key.keyId === signing.key.keyId) return;
  signing.exchange(key);
  logger.info({ keyId: key.keyId }, "signs with a new key");
}

/** Of what its members sign: a manifest is the same whoever signed it first. */
export function hashOf(manifest: Manifest): string {
  const { signatures: _, ...signed } = manifest;
  return hashCanonical(signed);
}

/** The bank's own keys change by two persons, where it asks for two (`keys.change`). */
async function demandApproval(
  { env, pool, directory }: FollowOptions,
  next: Manifest,
): Promise<void> {
  const keysIn = (manifest: Manifest) => findMember(manifest, env.PACTO_BANK)?.publicKeys;
  if (JSON.stringify(keysIn(directory.manifest)) === JSON.stringify(keysIn(next))) return;
  const { rowCount } = await pool.query(
    `SELECT FROM approval_rules WHERE is_required
        AND NOT EXISTS (SELECT FROM approval
                         WHERE kind = 'keys.change' AND status = 'executed'
                           AND payload ->> 'manifest' = $1)`,
    [hashOf(next)],
  );
  if (rowCount === 0) return;
  throw new ManifestError(env.PACTO_MANIFEST, [
    `It changes the keys of ${env.PACTO_BANK}, which takes two persons there: ask for "keys.change" ` +
      `with epoch ${next.epoch} and manifest ${hashOf(next)}.`,
  ]);
}

/** That the bank goes by it, in its books; a process of several that is the first to see it says so. */
async function remember({ env, pool, directory }: FollowOptions, next: Manifest): Promise<void> {
  const caps = findMember(next, env.PACTO_BANK)?.caps ?? {};
  await ensureInternalAccounts(pool, env.PACTO_BANK, caps.netDebitCentavos);
  await withTransaction(pool, async (tx) => {
    const { rowCount } = await tx.query(
      "UPDATE bank_state SET manifest_epoch = $1 WHERE manifest_epoch < $1",
      [next.epoch],
    );
    if (rowCount === 0) return;
    await writeAudit(tx, {
      ...auditedNode(env.PACTO_BANK),
      action: "manifest.adopted",
      subject: `epoch ${next.epoch}`,
      transactionId: null,
      details: { manifest: hashOf(next), ...changesOf(directory.manifest, next) },
    });
  });
}

/**
 * Refuses a manifest older than the one that this bank went by before, at its start.
 * @throws ManifestError
 */
export async function demandLatest(pool: Pool, { epoch }: Manifest, path: string): Promise<void> {
  const { rowCount } = await pool.query(
    "UPDATE bank_state SET manifest_epoch = $1 WHERE manifest_epoch <= $1",
    [epoch],
  );
  if (rowCount !== 0) return;
  throw new ManifestError(path, [
    `Its epoch is ${epoch}, and this bank has gone by a higher one already; get the newest manifest.`,
  ]);
}

function changesOf(before: Manifest, after: Manifest) {
  const ids = ({ members }: Manifest) => members.map(({ id }) => id);
  const keys = ({ members }: Manifest) =>
    members.flatMap(({ id, publicKeys }) => publicKeys.map(({ keyId }) => `${id} ${keyId}`));
  return {
    joined: ids(after).filter((id) => !ids(before).includes(id)),
    left: ids(before).filter((id) => !ids(after).includes(id)),
    newKeys: keys(after).filter((key) => !keys(before).includes(key)),
  };
}
