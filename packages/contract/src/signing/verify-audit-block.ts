import { auditExportBlock } from "../audit.ts";
import type { AuditFault, AuditHead } from "../audit-chain.ts";
import {
  auditFaults,
  auditHeadHash,
  auditLeaf,
  auditRoot,
  followsHead,
  splitLeaves,
} from "./audit-chain.ts";
import type { Verifier } from "./statements.ts";

export interface AuditBlockVerdict {
  /** Null when the block does not even have the form of one. */
  readonly head: AuditHead | null;
  readonly faults: readonly AuditFault[];
  /** The head is its bank's, follows `last`, and is over these leaves. */
  readonly isSound: boolean;
  /** Other banks whose good signature is with the head. */
  readonly cosigners: readonly string[];
}

/**
 * Verifies one exported block with nothing but the members' keys (I13): its rows lead to the root
 * that the bank signed, its head to the one before. Blocks come in the chain's order; `last` is
 * undefined for the first.
 */
export function verifyAuditBlock(
  candidate: unknown,
  last: AuditHead | undefined,
  verifier: Verifier,
): AuditBlockVerdict {
  const parsed = auditExportBlock.safeParse(candidate);
  if (!parsed.success) return { head: null, faults: [], isSound: false, cosigners: [] };
  const { signed, cosignatures, leaves, names, rows } = parsed.data;
  const { head } = signed;
  const hash = auditHeadHash(head);
  const sealed = splitLeaves(Buffer.from(leaves, "base64url"));
  const now = names.map((_, at) => {
    const text = rows[at] ?? null;
    return text === null ? null : auditLeaf(text);
  });
  const isWhole =
    sealed.length === head.size && names.length === head.size && rows.length === head.size;
  const isSound =
    isWhole &&
    auditRoot(sealed) === head.root &&
    followsHead(head, last) &&
    verifier.verify(head, head.bank, signed.proof);
  const cosigners = cosignatures.flatMap(({ statement, proof }) => {
    const isAbout = statement.bank === head.bank && statement.hash === hash;
    const isGood = isAbout && verifier.verify(statement, statement.by, proof);
    return isGood && statement.by !== head.bank ? [statement.by] : [];
  });
  return { head, faults: auditFaults(names, sealed, now), isSound, cosigners };
}
