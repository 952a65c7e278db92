import type { AuditFault, AuditHead } from "../audit-chain.ts";
import { hashCanonical } from "./canonical-json.ts";
import { buildMerkleTree, leafHash } from "./merkle.ts";

const LEAF_BYTES = 32;

/** The leaf of one row, from the text in which it was sealed. */
export function auditLeaf(text: string): Buffer {
  return leafHash(text);
}

/** The leaves that stand in one byte string, 32 bytes each. */
export function splitLeaves(bytes: Uint8Array): Buffer[] {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: whole.length / LEAF_BYTES }, (_, at) =>
    whole.subarray(at * LEAF_BYTES, (at + 1) * LEAF_BYTES),
  );
}

/** The root over a block's leaves, in base64url. */
export function auditRoot(leaves: readonly Buffer[]): string {
  return buildMerkleTree(leaves).root.toString("base64url");
}

/** What the next head names as `previous`. */
export function auditHeadHash(head: AuditHead): string {
  return hashCanonical(head);
}

/** Whether `next` continues the chain after `last` (undefined: begins it). */
export function followsHead(next: AuditHead, last: AuditHead | undefined): boolean {
  const previous = last === undefined ? null : auditHeadHash(last);
  const number = (last?.number ?? 0) + 1;
  const total = (last?.total ?? 0) + next.size;
  return next.previous === previous && next.number === number && next.total === total;
}

/**
 * Names the rows whose leaves are not what was sealed; `null` for a row that is gone. Rows that
 * merely changed places are `reordered`.
 */
export function auditFaults(
  names: readonly string[],
  sealed: readonly Buffer[],
  now: readonly (Buffer | null)[],
): AuditFault[] {
  const sealedAt = new Set(sealed.map((leaf) => leaf.toString("base64url")));
  return names.flatMap((row, at): AuditFault[] => {
    const [was, is] = [sealed[at], now[at] ?? null];
    if (is === null) return [{ row, what: "removed" }];
    if (was?.equals(is) === true) return [];
    return [{ row, what: sealedAt.has(is.toString("base64url")) ? "reordered" : "edited" }];
  });
}
