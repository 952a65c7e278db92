import {
  type AuditCosignature,
  type AuditHead,
  type AuditWatchAnswer,
  auditWatchOutput,
  CHECKS_MAX,
  type SignedAuditHead,
} from "@pacto/contract";
import { auditHeadHash, followsHead, signStatements } from "@pacto/contract/signing";
import type { Bank } from "../../context.ts";
import { auditedNode, writeAudit } from "../audited.ts";
import { raiseAlarm } from "./raise-alarm.ts";

const ASK_MS = 5_000;
/** Banks that each bank watches: the next ones in the manifest's order. Two would do. */
const WATCHED_MAX = 4;
/** Rows that a watched bank is asked to read again in one round, beside the newest blocks. */
const ROWS_AGAIN = 2_000;
/** Blocks that are looked at in every round, where a change is most likely. */
const NEWEST = 2;
const PAGES_MAX = 20;

/** A head of another bank, as this one holds it. */
export interface Witnessed extends SignedAuditHead {
  readonly hash: string;
}

/** Which block of each watched bank the sweep has come to; after a restart it begins anew. */
const reached = new WeakMap<Bank, Map<string, number>>();

/** Whom a bank watches, so that each is watched by as many. */
export function watchedBy(members: readonly string[], self: string): string[] {
  const at = members.indexOf(self);
  const others = [...members.slice(at + 1), ...members.slice(0, at)];
  return others.slice(0, WATCHED_MAX);
}

/** One round: learns and cosigns new heads, and has old blocks computed again. */
export async function watchOthers(bank: Bank): Promise<false> {
  const members = bank.manifest.members.map(({ id }) => id);
  await Promise.all(watchedBy(members, bank.id).map((peer) => watch(bank, peer)));
  return false;
}

async function watch(bank: Bank, peer: string): Promise<void> {
  let held = await newestWitnessed(bank, peer);
  let cosignature: AuditCosignature | null = null;
  let check = await blocksToCheck(bank, peer, held?.head.number ?? 0);
  for (let page = 0; page < PAGES_MAX; page += 1) {
    // oxlint-disable no-await-in-loop -- each page follows the one before
    const known = await locate(bank, peer, held);
    const answer = await ask(bank, peer, { known, cosignature, check });
    if (answer === undefined) return;
    await judgeChecks(bank, peer, answer);
    const newest = await learn(bank, peer, held, answer);
    // oxlint-enable no-await-in-loop
    if (newest === undefined || newest.hash === held?.hash) return;
    held = newest;
    check = [];
    cosignature = cosign(bank, newest);
  }
}

async function ask(bank: Bank, peer: string, item: object): Promise<AuditWatchAnswer | undefined> {
  const [result] = await bank.peers.call(peer, "commit.auditWatch", [item], { timeoutMs: ASK_MS });
  if (result?.kind !== "answer") return undefined;
  return auditWatchOutput.shape.items.element.safeParse(result.value).data;
}

async function newestWitnessed({ pools }: Bank, peer: string): Promise<Witnessed | undefined> {
  const { rows } = await pools.recovery.query<Witnessed>(
    `SELECT head, proof, hash FROM audit_witnessed WHERE bank = $1
      ORDER BY incarnation DESC, number DESC LIMIT 1`,
    [peer],
  );
  return rows[0];
}

/** Heads that this bank holds, newest first and ever farther apart, to find where two part. */
async function locate(
  { pools }: Bank,
  peer: string,
  held: Witnessed | undefined,
): Promise<{ number: number; hash: string }[]> {
  if (held === undefined) return [];
  const numbers = new Set<number>();
  for (let back = 0; back < held.head.number; back = Math.max(1, back * 2)) {
    numbers.add(held.head.number - back);
  }
  numbers.add(1);
  const { rows } = await pools.recovery.query<{ number: bigint; hash: string }>(
    `SELECT DISTINCT ON (number) number, hash FROM audit_witnessed
      WHERE bank = $1 AND number = ANY($2) ORDER BY number DESC, incarnation DESC`,
    [peer, [...numbers]],
  );
  return rows.map(({ number, hash }) => ({ number: Number(number), hash }));
}

/** The newest blocks, and the next ones of the sweep over all. */
async function blocksToCheck(bank: Bank, peer: string, newest: number): Promise<number[]> {
  if (newest === 0) return [];
  const cursors = reached.get(bank) ?? new Map<string, number>();
  reached.set(bank, cursors);
  const from = cursors.get(peer) ?? Math.floor(Math.random() * newest);
  const { rows } = await bank.pools.recovery.query<{ number: bigint; size: number }>(
    `SELECT DISTINCT ON (number) number, (head ->> 'size')::int AS size FROM audit_witnessed
      WHERE bank = $1 AND number > $2 AND number <= $3 ORDER BY number, incarnation DESC LIMIT $4`,
    [peer, from, newest, CHECKS_MAX],
  );
  const swept: number[] = [];
  let budget = ROWS_AGAIN;
  for (const { number, size } of rows) {
    if (budget <= 0 || swept.length === CHECKS_MAX - NEWEST) break;
    swept.push(Number(number));
    budget -= size;
  }
  const last = swept.at(-1);
  cursors.set(peer, last === undefined || last >= newest ? 0 : last);
  const latest = Array.from({ length: Math.min(NEWEST, newest) }, (_, at) => newest - at);
  return [...new Set([...latest, ...swept])];
}

/** What is past the shared head is judged by the heads: a restore may explain it. */
async function judgeChecks(bank: Bank, peer: string, answer: AuditWatchAnswer): Promise<void> {
  const checks = answer.checks.filter(({ number }) => number <= answer.base);
  if (checks.length === 0) return;
  const { rows } = await bank.pools.recovery.query<Witnessed & { number: bigint }>(
    `SELECT DISTINCT ON (number) number, head, proof, hash FROM audit_witnessed
      WHERE bank = $1 AND number = ANY($2) ORDER BY number, incarnation DESC`,
    [peer, checks.map(({ number }) => number)],
  );
  for (const { number, root, faults } of checks) {
    const held = rows.find((row) => Number(row.number) === number);
    if (held === undefined || root === held.head.root) continue;
    const evidence = { signed: { head: held.head, proof: held.proof }, root };
    // oxlint-disable-next-line no-await-in-loop -- seldom
    await raiseAlarm(bank, { bank: peer, code: "rows-changed", number, faults, evidence });
  }
}

/**
 * Takes over the heads that follow what is held, and raises the alarm where they do not. A bank
 * that was restored from a backup begins again at an earlier head, under a higher incarnation.
 */
async function learn(
  bank: Bank,
  peer: string,
  held: Witnessed | undefined,
  answer: AuditWatchAnswer,
): Promise<Witnessed | undefined> {
  let last = held;
  if (held !== undefined && answer.base < held.head.number) {
    const before = await witnessedAt(bank, peer, answer.base);
    if (!(await isRestored(bank, peer, { held, before, answer }))) return undefined;
    last = before;
  }
  for (const signed of answer.heads) {
    const isSigned = bank.audit.verifier.verify(signed.head, peer, signed.proof);
    if (signed.head.bank !== peer || !isSigned || !followsHead(signed.head, last?.head)) {
      const evidence = { last: last ?? null, signed };
      // oxlint-disable-next-line no-await-in-loop -- the chain ends here
      await raiseAlarm(bank, {
        bank: peer,
        code: "bad-head",
        number: signed.head.number,
        faults: [],
        evidence,
      });
      return undefined;
    }
    last = { ...signed, hash: auditHeadHash(signed.head) };
    // oxlint-disable-next-line no-await-in-loop -- in the chain's order
    await keepHead(bank, last);
  }
  return last;
}

interface Turn {
  readonly held: Witnessed;
  readonly before: Witnessed | undefined;
  readonly answer: AuditWatchAnswer;
}

/** Whether a restore explains that a bank has left its old heads; otherwise it is an alarm. */
async function isRestored(bank: Bank, peer: string, { held, before, answer }: Turn) {
  const first = answer.heads[0];
  const incarnation = first?.head.incarnation ?? answer.incarnation;
  const number = answer.base + 1;
  if (incarnation > held.head.incarnation) {
    if (first === undefined) return false;
    await writeAudit(bank.pools.recovery, {
      ...auditedNode(bank.id),
      action: "audit.peer-restored",
      subject: peer,
      transactionId: null,
      details: { from: number, to: held.head.number, incarnation },
    });
    return true;
  }
  const lost = await witnessedAt(bank, peer, number);
  const evidence = { held: lost ?? held, now: first ?? null, before: before ?? null };
  const code = first === undefined ? "history-lost" : "fork";
  await raiseAlarm(bank, { bank: peer, code, number, faults: [], evidence });
  return false;
}

async function witnessedAt(
  { pools }: Bank,
  peer: string,
  number: number,
): Promise<Witnessed | undefined> {
  const { rows } = await pools.recovery.query<Witnessed>(
    `SELECT head, proof, hash FROM audit_witnessed WHERE bank = $1 AND number = $2
      ORDER BY incarnation DESC LIMIT 1`,
    [peer, number],
  );
  return rows[0];
}

async function keepHead({ pools }: Bank, { head, proof, hash }: Witnessed): Promise<void> {
  await pools.recovery.query(
    `INSERT INTO audit_witnessed (bank, incarnation, number, hash, head, proof)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [
      ...[head.bank, head.incarnation, head.number, hash],
      ...[JSON.stringify(head), JSON.stringify(proof)],
    ],
  );
}

function cosign({ id, audit }: Bank, { head, hash }: { head: AuditHead; hash: string }) {
  const { bank, number } = head;
  const statement = { kind: "audit-cosign", by: id, bank, number, hash } as const;
  const [proof] = signStatements([statement], audit.signer);
  if (proof === undefined) throw new Error("a statement without a proof");
  return { statement, proof: { ...proof, path: [...proof.path] } };
}
