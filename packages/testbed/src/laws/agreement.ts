import type { ConsortiumBooks } from "./books.ts";
import { Findings, type Law } from "./law.ts";
import { knownTransactions, type KnownTransaction, type Share } from "./shares.ts";
import { STATE_HERE } from "./state-here.ts";

/**
 * I1: no transaction is committed at one bank and aborted at another; what is committed anywhere
 * stands at every bank that its descriptor names; all have voted on the same descriptor.
 * A bank whose snapshot is older than another's is asked again before it is blamed.
 */
export const agreement: Law = {
  id: "agreement",
  rule: "I1",
  async check(books) {
    const findings = new Findings();
    findings.count("transactions", 0);
    const doubts: Doubt[] = [];
    for await (const transaction of knownTransactions(books.banks)) {
      findings.count("transactions", 1);
      countState(transaction, findings);
      agreeOnOutcome(transaction, findings);
      agreeOnDescriptor(transaction, findings);
      doubts.push(...doubtsOf(transaction));
    }
    await settleDoubts(books, doubts, findings);
    return findings.report(agreement);
  },
};

/** Something that must be so by now, although an older snapshot does not show it. */
interface Doubt {
  readonly transaction: string;
  readonly bank: string;
  readonly expected: "known" | "voted" | "decided";
}

function countState({ shares }: KnownTransaction, findings: Findings): void {
  if (shares.some(isIn("committed"))) findings.count("committed", 1);
  else if (shares.some(isIn("aborted"))) findings.count("aborted", 1);
  else findings.count("undecided", 1);
}

function isIn(state: Share["state"]): (share: Share) => boolean {
  return (share) => share.state === state;
}

function agreeOnOutcome({ id, shares }: KnownTransaction, findings: Findings): void {
  const committed = shares.filter(isIn("committed")).map((share) => share.bank);
  const aborted = shares.filter(isIn("aborted")).map((share) => share.bank);
  if (committed.length > 0 && aborted.length > 0) {
    findings.violation("outcomes-differ", null, {
      transaction: id,
      committedAt: committed.join(", "),
      abortedAt: aborted.join(", "),
    });
  }
}

function agreeOnDescriptor({ id, shares }: KnownTransaction, findings: Findings): void {
  const hashes = new Map(
    shares.flatMap(({ hash, bank }) => (hash === null ? [] : [[hash, bank] as const])),
  );
  if (hashes.size > 1) {
    findings.violation("descriptors-differ", null, {
      transaction: id,
      banks: [...hashes.values()].join(", "),
    });
  }
  for (const share of shares) {
    const isNamed = share.plan.some(({ bank }) => bank === share.bank);
    if (share.role === "participant" && share.plan.length > 0 && !isNamed) {
      findings.violation("branch-not-in-descriptor", share.bank, { transaction: id });
    }
  }
}

/** R6, R7, R8: the begin row precedes every vote, every vote precedes the decision. */
function doubtsOf({ id, shares }: KnownTransaction): Doubt[] {
  const doubts: Doubt[] = [];
  const known = shares.filter(({ role }) => role !== "none");
  const byBank = new Map(known.map((share) => [share.bank, share]));
  const isCommitted = shares.some(isIn("committed"));
  const isSettled = shares.some((share) => share.role === "coordinator" && share.settled);
  for (const { role, state, coordinator } of shares) {
    if (role !== "participant" || state === "aborted" || coordinator === null) continue;
    if (!byBank.has(coordinator)) {
      doubts.push({ transaction: id, bank: coordinator, expected: "known" });
    }
  }
  for (const bank of isCommitted ? banksNamed(shares) : []) {
    if (!byBank.has(bank)) doubts.push({ transaction: id, bank, expected: "voted" });
  }
  if (isSettled && isCommitted) {
    for (const bank of banksNamed(shares)) {
      if (byBank.get(bank)?.state !== "committed") {
        doubts.push({ transaction: id, bank, expected: "decided" });
      }
    }
  }
  return doubts;
}

function banksNamed(shares: readonly Share[]): string[] {
  const plan = shares.find((share) => share.plan.length > 0)?.plan ?? [];
  return plan.map(({ bank }) => bank);
}

const STATES_NOW = `SELECT id, state FROM (${STATE_HERE}) here WHERE id = ANY($1::uuid[])`;

async function settleDoubts(
  books: ConsortiumBooks,
  doubts: readonly Doubt[],
  findings: Findings,
): Promise<void> {
  const read = new Set(books.banks.map(({ bank }) => bank));
  for (const bank of new Set(doubts.map((doubt) => doubt.bank))) {
    if (!read.has(bank)) continue;
    const asked = doubts.filter((doubt) => doubt.bank === bank);
    const ids = asked.map(({ transaction }) => transaction);
    const rows = await books.readNow<{ id: string; state: string }>(bank, STATES_NOW, [ids]);
    const states = new Map(rows.map(({ id, state }) => [id, state]));
    for (const { transaction, expected } of asked) {
      const state = states.get(transaction);
      if (state === undefined) {
        const code = expected === "known" ? "begin-row-missing" : "branch-missing";
        findings.violation(code, bank, { transaction });
      } else if (expected !== "known" && state === "aborted") {
        findings.violation("aborted-elsewhere-committed", bank, { transaction });
      } else if (expected === "decided" && state !== "committed") {
        findings.violation("settled-too-early", bank, { transaction, state });
      }
    }
  }
}
