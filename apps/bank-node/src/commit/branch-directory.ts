import { createHmac } from "node:crypto";
import type { Descriptor } from "@pacto/atomic-commit";
import type { PixKeyOperation, RecoveredTransaction, Refusal, Work } from "@pacto/contract";
import { pixKeysMax, pixKeyType } from "@pacto/banking";
import { canonicalJson } from "@pacto/contract/signing";
import type { PixKeyRow } from "../ledger/engine/rows.ts";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import type { CommitParts } from "./parts.ts";

// What a branch promises and does to the directory of PIX keys. A key's row is the lock: while a
// transaction has promised to change it, no other one may.

/** The keys that a branch reads or changes. */
export function* keysOf(work: Work): Iterable<string> {
  if (work.pixKey !== undefined) yield work.pixKey.key;
  if (work.pix?.key) yield work.pix.key;
}

/** The account here to which a branch points a key. */
export function* holdersOf(bank: string, { pixKey }: Work): Iterable<string> {
  if (pixKey?.owner?.bank === bank) yield pixKey.owner.account;
}

/**
 * Checks a directory operation and locks its key until the decision. The coordinator is the bank
 * whose key it is or becomes; every branch of the operation says the same, and they are a majority
 * of the members: any two majorities share a bank, and that bank's row refuses the second one.
 */
export function reserveKey(
  { bank, members }: Pick<CommitParts, "bank" | "members">,
  set: WorkingSet,
  descriptor: Pick<Descriptor<Work>, "id" | "coordinator" | "branches">,
  work: Work,
): Refusal | undefined {
  const operation = work.pixKey;
  if (operation === undefined) return undefined;
  const { key } = operation;
  const row = set.pixKeys.get(key) ?? unknownKey(operation);
  const refusal =
    (isWellFormed(operation, descriptor, members)
      ? undefined
      : ({ code: "pix-operation-malformed", details: { key } } as const)) ??
    versionRefusal(bank, operation, row) ??
    custodyRefusal(bank, operation, row, descriptor.coordinator) ??
    ownerRefusal(bank, set, operation);
  if (refusal !== undefined) return refusal;
  if (row.pending !== null && row.pending !== descriptor.id) {
    return { code: "pix-key-busy", details: { key } };
  }
  const { owner } = operation;
  const pendingAccount = owner?.bank === bank ? owner.account : null;
  set.pixKeys.put(key, { ...row, pending: descriptor.id, pendingAccount });
  return undefined;
}

/** At the payee's bank: a stale copy of the directory never misdirects money. */
export function payeeRefusal(bank: string, set: WorkingSet, work: Work): Refusal | undefined {
  const { pix } = work;
  if (!pix?.key || pix.payee.bank !== bank) return undefined;
  const owner = set.pixKeys.get(pix.key)?.owner ?? null;
  if (owner?.bank === bank && owner.account === pix.payee.account) return undefined;
  return { code: "pix-key-changed", details: { key: pix.key } };
}

/** The decision was commit: the entry is what the operation says. */
export function applyKey(
  set: WorkingSet,
  transactionId: string,
  operation: PixKeyOperation,
  proof: RecoveredTransaction | null = null,
): void {
  const row = set.pixKeys.get(operation.key) ?? unknownKey(operation);
  const isOwn = row.pending === transactionId;
  const promise = isOwn
    ? { pending: null, pendingAccount: null }
    : { pending: row.pending, pendingAccount: row.pendingAccount };
  if (operation.version <= row.version) {
    if (isOwn) set.pixKeys.put(operation.key, { ...row, ...promise });
    return;
  }
  const { key, type, version, owner } = operation;
  const cid = entryHash(transactionId, operation);
  const entry = { key, type, version, owner, transactionId, cid, proof, claim: null };
  set.pixKeys.put(key, { ...entry, ...promise });
}

/** The decision was abort: the key is free for the next operation. */
export function releaseKey(set: WorkingSet, transactionId: string, work: Work): void {
  const row = work.pixKey === undefined ? undefined : set.pixKeys.get(work.pixKey.key);
  if (row?.pending === transactionId) {
    set.pixKeys.put(row.key, { ...row, pending: null, pendingAccount: null });
  }
}

/** The PIX that the branch's money was, for the lists of both banks. */
export function recordPayment(set: WorkingSet, transactionId: string, work: Work): void {
  const { pix, description } = work;
  if (pix === undefined) return;
  for (const { account, direction, amountCentavos } of work.legs) {
    set.pixPayments.push({
      endToEndId: pix.endToEndId,
      direction: direction === "debit" ? "sent" : "received",
      account,
      amount: BigInt(amountCentavos),
      transactionId,
      details: { payee: pix.payee, key: pix.key, txid: pix.txid, description },
    });
  }
}

/** Whether the operation is one that the whole descriptor carries through a majority. */
export function isWellFormed(
  operation: PixKeyOperation,
  { coordinator, branches }: Pick<Descriptor<Work>, "coordinator" | "branches">,
  members: readonly string[],
): boolean {
  const said = canonicalJson(operation);
  const same = branches.filter(
    ({ bank, work }) =>
      members.includes(bank) &&
      work.pixKey !== undefined &&
      canonicalJson(work.pixKey) === said &&
      work.legs.length === 0,
  );
  const banks = new Set(same.map(({ bank }) => bank));
  const { kind, owner, type, key, from } = operation;
  const isTransfer = kind === "transfer";
  return (
    banks.size === branches.length &&
    banks.size > members.length / 2 &&
    banks.has(coordinator) &&
    (kind === "remove" ? owner === null : owner !== null && banks.has(owner.bank)) &&
    ((kind !== "claim" && !isTransfer) || owner?.bank === coordinator) &&
    (isTransfer ? from !== undefined && banks.has(from) : from === undefined) &&
    pixKeyType(key) === type
  );
}

function versionRefusal(
  bank: string,
  { kind, key, version }: PixKeyOperation,
  row: PixKeyRow,
): Refusal | undefined {
  if (kind === "claim" && row.owner !== null && version <= row.version + 1) {
    return { code: "pix-key-taken", details: { key, owner: row.owner.bank } };
  }
  if (version <= row.version) return { code: "pix-key-changed", details: { key } };
  if (version > row.version + 1) return { code: "pix-key-behind", details: { bank, key } };
  return undefined;
}

/**
 * Who has a key alone may give it away or remove it, and not while somebody claims it. A transfer
 * to the claimant needs the YES of the bank that has it, which it gives for a confirmed claim only.
 */
function custodyRefusal(
  bank: string,
  { kind, key, from, owner }: PixKeyOperation,
  row: PixKeyRow,
  coordinator: string,
): Refusal | undefined {
  if (kind === "claim") return undefined;
  const giver = kind === "transfer" ? from : coordinator;
  if (giver === undefined || row.owner?.bank !== giver) {
    return { code: "pix-key-not-held", details: { key, bank: giver ?? coordinator } };
  }
  if (giver !== bank) return undefined;
  const { claim } = row;
  if (kind !== "transfer") {
    return claim === null ? undefined : { code: "pix-key-claimed", details: { key } };
  }
  const isLetGo =
    claim?.isConfirmed === true && claim.bank === coordinator && claim.account === owner?.account;
  return isLetGo ? undefined : { code: "pix-claim-not-confirmed", details: { key, bank } };
}

function ownerRefusal(
  bank: string,
  set: WorkingSet,
  { key, owner }: PixKeyOperation,
): Refusal | undefined {
  if (owner?.bank !== bank) return undefined;
  const details = { bank, account: owner.account };
  const id = set.accountId(owner.account);
  const account = id === undefined ? undefined : set.account(id);
  if (account === undefined) return { code: "account-not-found", details };
  if (account.status === "closed") return { code: "account-closed", details };
  // Under the account's lock: registrations at the same moment count one another.
  const keys = set.keysPointingTo(owner.account);
  const most = pixKeysMax(set.pixHolders.get(owner.account)?.kind);
  if (keys.has(key) || keys.size < most) return undefined;
  return { code: "pix-key-limit", details: { account: owner.account, most } };
}

function unknownKey({ key, type }: PixKeyOperation): PixKeyRow {
  const nothing = { owner: null, transactionId: null, cid: null, proof: null, claim: null };
  return { key, type, version: 0, pending: null, pendingAccount: null, ...nothing };
}

/** An entry's hash (CID): an HMAC under the id of the transaction that made it, as DICT has it. */
function entryHash(transactionId: string, operation: PixKeyOperation): string {
  const { type, key, version, owner } = operation;
  const of = [owner?.taxId, owner?.name, owner?.bank, owner?.agency, owner?.account];
  const attributes = [type, key, version, ...of.map((value) => value ?? "")];
  return createHmac("sha256", Buffer.from(transactionId.replaceAll("-", ""), "hex"))
    .update(attributes.join("&"))
    .digest("hex");
}
