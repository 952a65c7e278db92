import type { ConsortiumBooks } from "./books.ts";
import { Findings, type Law } from "./law.ts";
import { knownTransactions, type KnownTransaction, type Share } from "./shares.ts";

/**
 * I10: money is neither made nor lost. Each bank's share of a transaction is what the descriptor
 * says, and the clearing positions of all banks sum to zero, less exactly the shares that are
 * decided at one bank and not applied at another in this cut (P14).
 */
export const conservation: Law = {
  id: "conservation",
  rule: "I10",
  async check(books) {
    const findings = new Findings();
    findings.count("transactions", 0);
    let inTransit = 0n;
    for await (const transaction of knownTransactions(books.banks)) {
      findings.count("transactions", 1);
      compareWithDescriptor(transaction, findings);
      const missing = notYetApplied(transaction);
      if (missing !== 0n) findings.count("inTransit", 1);
      inTransit += missing;
    }
    await sumPositions(books, inTransit, findings);
    return findings.report(conservation);
  },
};

function planOf(shares: readonly Share[]): ReadonlyMap<string, bigint> {
  const plan = shares.find((share) => share.plan.length > 0)?.plan ?? [];
  return new Map(plan.map(({ bank, clearing }) => [bank, clearing]));
}

function compareWithDescriptor({ id, shares }: KnownTransaction, findings: Findings): void {
  const plan = planOf(shares);
  const total = [...plan.values()].reduce((sum, clearing) => sum + clearing, 0n);
  if (total !== 0n) {
    findings.violation("descriptor-unbalanced", null, {
      transaction: id,
      differenceCentavos: total,
    });
  }
  for (const share of shares) {
    const planned = plan.get(share.bank) ?? 0n;
    const expected = share.state === "aborted" || share.state === null ? 0n : planned;
    const found = share.applied + share.promised;
    if (found !== expected) {
      findings.violation("share-not-as-agreed", share.bank, {
        transaction: id,
        agreedCentavos: expected,
        foundCentavos: found,
      });
    }
  }
}

/** What a committed transaction has still to bring to clearing accounts, as this cut sees it. */
function notYetApplied({ shares }: KnownTransaction): bigint {
  if (!shares.some(({ state }) => state === "committed")) return 0n;
  const applied = new Map(
    shares.flatMap(({ bank, state }) => (state === "committed" ? [[bank, true] as const] : [])),
  );
  let missing = 0n;
  for (const [bank, clearing] of planOf(shares)) if (!applied.has(bank)) missing += clearing;
  return missing;
}

const POSITIONS = `
  SELECT coalesce(sum(ledger) FILTER (WHERE kind = 'clearing'), 0) AS clearing,
         coalesce(sum(ledger) FILTER (WHERE kind NOT IN ('clearing', 'cash')), 0) AS customers,
         coalesce(sum(ledger), 0) AS total
    FROM account`;

interface Positions {
  readonly clearing: bigint;
  readonly customers: bigint;
  readonly total: bigint;
}

async function sumPositions(
  books: ConsortiumBooks,
  inTransit: bigint,
  findings: Findings,
): Promise<void> {
  let clearing = 0n;
  for (const bank of books.banks) {
    const [positions] = await bank.rows<Positions>(POSITIONS);
    if (positions === undefined) throw new Error("An aggregate gives one row");
    findings.count("banks", 1);
    findings.amount("customersCentavos", positions.customers);
    clearing += positions.clearing;
    if (positions.total !== 0n) {
      findings.violation("bank-not-zero", bank.bank, { differenceCentavos: positions.total });
    }
  }
  findings.amount("clearingCentavos", clearing);
  findings.amount("inTransitCentavos", inTransit);
  if (clearing + inTransit !== 0n) {
    findings.violation("clearing-not-zero", null, {
      clearingCentavos: clearing,
      inTransitCentavos: inTransit,
    });
  }
}
