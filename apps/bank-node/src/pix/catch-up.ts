import { maskPixKey } from "@pacto/banking";
import { certificateFault, claimsOf, headOf } from "@pacto/atomic-commit";
import {
  PIX_CATCH_UP_PAGE,
  pixDirectoryOutput,
  type PixDirectoryAnswer,
  type PixKeyOperation,
  type RecoveredTransaction,
} from "@pacto/contract";
import { hashCanonical } from "@pacto/contract/signing";
import { auditedNode, writeAudit } from "../audit/audited.ts";
import { applyKey, isWellFormed } from "../commit/branch-directory.ts";
import type { Bank } from "../context.ts";
import type { Pool } from "../database/pools.ts";
import type { Command } from "../ledger/engine/command.ts";

const ASK_MS = 2_000;
/** Pages of one round at most; the next round goes on. */
const PAGES_MAX = 200;

/** Looks at every other bank's directory and learns what this one has missed. */
export async function catchUpWithAll(bank: Bank): Promise<void> {
  const others = bank.manifest.members.map(({ id }) => id).filter((id) => id !== bank.id);
  await Promise.all(others.map((peer) => catchUp(bank, peer)));
}

/** One round; there is nothing to take up at once. */
export async function compareDirectories(bank: Bank): Promise<false> {
  await catchUpWithAll(bank);
  return false;
}

/** Where the last round with a peer ended; forgotten with the process, and then read anew. */
const reached = new WeakMap<Bank, Map<string, number>>();

/**
 * Compares this bank's directory with a peer's by their digests, and where they differ takes over
 * what the peer can prove: each change is an operation with its certificate, so nobody has to be
 * believed. The difference is named in the audit.
 */
async function catchUp(bank: Bank, peer: string): Promise<void> {
  const cursors = reached.get(bank) ?? new Map<string, number>();
  reached.set(bank, cursors);
  let after = cursors.get(peer) ?? 0;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await ask(bank, peer, after);
    if (answer === undefined || answer.isEqual) return;
    const learnt: string[] = [];
    for (const { position, proof } of answer.changes) {
      const operation = provenOperation(bank, proof);
      const isNew = operation !== undefined && (await learn(bank, operation, proof));
      if (isNew) learnt.push(operation.key);
      after = Math.max(after, position);
    }
    if (learnt.length > 0) await nameDifference(bank, peer, learnt);
    // From the beginning next time: what is different still was passed by.
    if (answer.isLast) {
      cursors.set(peer, 0);
      return;
    }
    cursors.set(peer, after);
  }
}

async function ask(
  bank: Bank,
  peer: string,
  after: number,
): Promise<PixDirectoryAnswer | undefined> {
  const item = { digests: await readDigests(bank.pools.api), after };
  const limit = { timeoutMs: ASK_MS };
  const [result] = await bank.peers.call(peer, "commit.pixDirectory", [item], limit);
  if (result?.kind !== "answer") return undefined;
  return pixDirectoryOutput.shape.items.element.safeParse(result.value).data;
}

/** The operation, when a majority's signed votes and the decision stand behind it. */
function provenOperation(
  { commit, manifest }: Bank,
  { signed, certificate }: RecoveredTransaction,
): PixKeyOperation | undefined {
  const { descriptor, hash } = signed;
  const operation = descriptor.branches[0]?.work.pixKey;
  if (operation === undefined || certificate.outcome !== "commit") return undefined;
  const members = manifest.members.map(({ id }) => id);
  if (!isWellFormed(operation, descriptor, members)) return undefined;
  if (hashCanonical(descriptor) !== hash) return undefined;
  if (certificateFault(descriptor, hash, certificate) !== undefined) return undefined;
  const inquiry = { kind: "inquiry", ...signed } as const;
  const decision = { kind: "decision", ...headOf(inquiry), certificate } as const;
  const isSigned = commit.isAuthentic(inquiry) && commit.isAuthentic(decision);
  return isSigned && claimsOf(decision).length > 0 ? operation : undefined;
}

function learn(
  bank: Bank,
  operation: PixKeyOperation,
  proof: RecoveredTransaction,
): Promise<boolean> {
  const command: Command<boolean> = {
    name: "pix.learn",
    priority: "settle",
    accounts: () => [],
    pixKeys: () => [operation.key],
    decide(set) {
      if ((set.pixKeys.get(operation.key)?.version ?? 0) >= operation.version) return false;
      applyKey(set, proof.signed.descriptor.id, operation, proof);
      return true;
    },
  };
  return bank.engine.run(command);
}

async function nameDifference(bank: Bank, peer: string, keys: readonly string[]): Promise<void> {
  await writeAudit(bank.pools.api, {
    ...auditedNode(bank.id),
    action: "pix.directory-repaired",
    subject: peer,
    transactionId: null,
    details: { keys: keys.slice(0, PIX_CATCH_UP_PAGE).map(maskPixKey) },
  });
}

interface DigestRow {
  readonly type: string;
  readonly digest: string;
}

/** The digest of each type of key, in hexadecimal. */
export async function readDigests(pool: Pool): Promise<Record<string, string>> {
  const { rows } = await pool.query<DigestRow>("SELECT type, digest::text FROM pix_digest");
  return Object.fromEntries(
    rows.map(({ type, digest }) => [type, BigInt(`0b${digest}`).toString(16).padStart(64, "0")]),
  );
}
