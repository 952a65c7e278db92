import { backoffMs, RESEND } from "./backoff.ts";
import { majorityAccepted, type Certificate } from "./certificate.ts";
import type {
  CoordinatorEnv,
  CoordinatorEvent,
  CoordinatorRecord,
  CoordinatorStep,
} from "./coordinator-record.ts";
import { branchOf, descriptorFault, participantsOf, type BankId } from "./descriptor.ts";
import {
  headOf,
  type Envelope,
  type Head,
  type InquiryMessage,
  type Message,
  type RefusalCode,
  type SignedDescriptor,
} from "./messages.ts";
import {
  chosenCertificate,
  firstProposal,
  proposalSends,
  withOutbid,
  withPromises,
} from "./register.ts";
import { signDecision, signVote, type Outcome, type Refusal, type Vote } from "./statement.ts";
import { stay, type Alarm, type Effect } from "./step.ts";
import { tally } from "./tally.ts";
import {
  answer,
  answerWith,
  ASK_PEERS_FROM,
  inquirySends,
  isNamed,
  proves,
  renewProposal,
} from "./termination.ts";

type Rec<Work, Proof> = CoordinatorRecord<Work, Proof>;
type Event<Work, Proof, Kind> = Extract<CoordinatorEvent<Work, Proof>, { readonly kind: Kind }>;

/**
 * One event at the coordinator: total over states and events (SPEC.md, coordinator table), and
 * idempotent (R12). Throws only on a begin that its own bank got wrong.
 */
export function stepCoordinator<Work, Proof>(
  record: CoordinatorRecord<Work, Proof> | undefined,
  event: CoordinatorEvent<Work, Proof>,
  env: CoordinatorEnv<Work, Proof>,
): CoordinatorStep<Work, Proof> {
  if (event.kind === "begin") return onBegin(record, event, env);
  if (event.kind === "inquiry") return onInquiry(record, event, env);
  if (event.kind === "restore") return onRestore(record, event, env);
  if (record === undefined) return onUnknown(event, env);
  switch (event.kind) {
    case "decide":
      return onDecide(record, event, env);
    case "expire":
      return onExpire(record, env);
    case "ack":
      return onAck(record, event);
    case "learned":
      return onLearned(record, event, env);
    case "wake":
      return onWake(record, event, env);
    case "promised":
    case "accepted":
    case "outbid":
      return record.state === "proposed" ? whileProposed(record, event, env) : stay(record);
  }
}

function onBegin<Work, Proof>(
  record: Rec<Work, Proof> | undefined,
  { descriptor, hash }: Event<Work, Proof, "begin">,
  env: CoordinatorEnv<Work, Proof>,
): CoordinatorStep<Work, Proof> {
  if (record !== undefined) {
    const same = record.hash === hash;
    return stay(record, null, same ? null : { code: "conflicting-descriptor", bank: env.self });
  }
  const fault = descriptorFault(descriptor);
  if (fault !== undefined) throw new Error(`begin: malformed descriptor, ${fault}`);
  if (descriptor.coordinator !== env.self) throw new Error("begin: another bank coordinates");
  if (descriptor.incarnation !== env.incarnation) throw new Error("begin: not this incarnation");
  if (descriptor.sequence <= env.watermark) throw new Error("begin: sequence used before");
  const alone = participantsOf(descriptor).length === 0;
  const own = branchOf(descriptor, env.self);
  const refusal = env.recovering
    ? { code: "bank-recovering" }
    : own && env.reserve(own.work, alone ? "post" : "hold");
  const subject = { transaction: descriptor.id, hash, bank: env.self };
  const descriptorProof = env.sign({ kind: "descriptor", ...subject });
  const opened = open({ hash, descriptor, descriptorProof }, env);
  if (refusal !== undefined) return refuseBegin(opened, refusal, env);
  const ownVote = own === undefined ? null : signVote(env.sign, subject, "yes", null);
  const voted: Rec<Work, Proof> = { ...opened, ownVote };
  if (alone) {
    const certificate = certify(voted, "commit", ownVote === null ? [] : [ownVote], env);
    const done: Rec<Work, Proof> = { ...decided(voted, certificate, null, env), settled: true };
    return { record: done, effect: "post", reply: null, sends: [], alarm: null };
  }
  const begun: Rec<Work, Proof> = { ...voted, wakeAt: nextWake(voted, 0, env) };
  const effect: Effect = own === undefined ? "none" : "hold";
  return { record: begun, effect, reply: null, sends: prepareSends(begun), alarm: null };
}

function open<Work, Proof>(
  { hash, descriptor, descriptorProof }: SignedDescriptor<Work, Proof>,
  env: CoordinatorEnv<Work, Proof>,
): Rec<Work, Proof> {
  return {
    transaction: descriptor.id,
    coordinator: descriptor.coordinator,
    sequence: descriptor.sequence,
    hash,
    state: "preparing",
    descriptor,
    descriptorProof,
    ownVote: null,
    deadline: env.now + descriptor.prepareWithinMs,
    proposal: null,
    certificate: null,
    refusal: null,
    unacknowledged: [],
    settled: false,
    attempts: 0,
    wakeAt: null,
  };
}

/** The own branch said NO: nobody was asked, so nobody needs to hear of it. */
function refuseBegin<Work, Proof>(
  opened: Rec<Work, Proof>,
  refusal: Refusal,
  env: CoordinatorEnv<Work, Proof>,
): CoordinatorStep<Work, Proof> {
  const { transaction, hash } = opened;
  const own = branchOf(opened.descriptor, env.self) !== undefined;
  const subject = { transaction, hash, bank: env.self };
  const ownVote = own ? signVote(env.sign, subject, "no", refusal) : null;
  const certificate = certify(opened, "abort", ownVote === null ? [] : [ownVote], env);
  const record: Rec<Work, Proof> = {
    ...opened,
    state: "aborted",
    ownVote,
    certificate,
    refusal,
    settled: true,
  };
  return { record, effect: "none", reply: null, sends: [], alarm: null };
}

function onDecide<Work, Proof>(
  record: Rec<Work, Proof>,
  { votes }: Event<Work, Proof, "decide">,
  env: CoordinatorEnv<Work, Proof>,
): CoordinatorStep<Work, Proof> {
  if (record.state !== "preparing") return onLateVotes(record, votes);
  const { descriptor, hash } = record;
  const all = record.ownVote === null ? votes : [record.ownVote, ...votes];
  const verdict = tally(descriptor, hash, all);
  if (verdict.kind === "wait") return stay(record);
  // What a restore lost may have been an abort, still on its way: ask the peers first (R48).
  if (verdict.kind === "commit" && env.recovering) return stay(record);
  const counted = descriptor.branches.flatMap(({ bank }) => pick(record, all, bank));
  if (verdict.kind === "abort") {
    return decide(record, "abort", { votes: counted, refusal: verdict.refusal }, env);
  }
  if (descriptor.decider.kind === "local") {
    return decide(record, "commit", { votes: counted, refusal: null }, env);
  }
  const proposal = firstProposal(counted);
  const wakeAt = env.now + backoffMs(RESEND, 0, env.random);
  const next: Rec<Work, Proof> = { ...record, state: "proposed", proposal, attempts: 0, wakeAt };
  const sends = proposalSends(next, proposal);
  return { record: next, effect: "none", reply: null, sends, alarm: null };
}

/** One vote of `bank` on this hash, the NO if there are both. */
function pick<Work, Proof>(
  record: Rec<Work, Proof>,
  votes: readonly Vote<Proof>[],
  bank: BankId,
): Vote<Proof>[] {
  const fitting = votes.filter(
    (vote) =>
      vote.bank === bank && vote.hash === record.hash && vote.transaction === record.transaction,
  );
  const one = fitting.find(({ vote }) => vote === "no") ?? fitting[0];
  return one === undefined ? [] : [one];
}

/** Votes after the decision: the voter has not heard of it, or contradicts itself (R17). */
function onLateVotes<Work, Proof>(
  record: Rec<Work, Proof>,
  votes: readonly Vote<Proof>[],
): CoordinatorStep<Work, Proof> {
  const fitting = votes.filter(({ hash }) => hash === record.hash);
  const proposed = record.state === "proposed" || record.state === "committed";
  const liar = proposed ? fitting.find(({ vote }) => vote === "no") : undefined;
  const alarm: Alarm | null =
    liar === undefined ? null : { code: "contradictory-vote", bank: liar.bank };
  const waiting = fitting.filter(({ bank }) => record.unacknowledged.includes(bank));
  const sends = decisionSends(record, new Set(waiting.map(({ bank }) => bank)));
  return { ...stay<Rec<Work, Proof>, Work, Proof>(record, null, alarm), sends };
}

function onExpire<Work, Proof>(
  record: Rec<Work, Proof>,
  env: CoordinatorEnv<Work, Proof>,
  voted?: readonly BankId[],
): CoordinatorStep<Work, Proof> {
  if (record.state !== "preparing" || !mayGiveUp(record, env)) return stay(record);
  const silent = voted && participantsOf(record.descriptor).filter((bank) => !voted.includes(bank));
  const refusal = { code: "prepare-timeout", ...(silent && { silent }) };
  return decide(record, "abort", { votes: [], refusal }, env);
}

/**
 * Only while undecided, only after the deadline, and never for a transaction of an earlier
 * incarnation: what the restore lost may have been its commit (R48).
 */
function mayGiveUp<Work, Proof>(
  record: Rec<Work, Proof>,
  env: CoordinatorEnv<Work, Proof>,
): boolean {
  return env.now >= record.deadline && record.descriptor.incarnation === env.incarnation;
}

/** The decision of this bank alone: the compare-and-set out of preparing (R20). */
function decide<Work, Proof>(
  record: Rec<Work, Proof>,
  outcome: Outcome,
  why: { readonly votes: readonly Vote<Proof>[]; readonly refusal: Refusal | null },
  env: CoordinatorEnv<Work, Proof>,
): CoordinatorStep<Work, Proof> {
  if (record.state !== "preparing") throw new Error(`decide: already ${record.state}`);
  const certificate = certify(record, outcome, why.votes, env);
  return conclude(record, certificate, why.refusal, env);
}

/** Takes up a proven outcome, wherever it was decided, and tells the participants. */
function conclude<Work, Proof>(
  record: Rec<Work, Proof>,
  certificate: Certificate<Proof>,
  refusal: Refusal | null,
  env: CoordinatorEnv<Work, Proof>,
): CoordinatorStep<Work, Proof> {
  const next = decided(record, certificate, refusal, env);
  const own = branchOf(record.descriptor, env.self) !== undefined;
  const effect: Effect = !own ? "none" : certificate.outcome === "commit" ? "capture" : "release";
  const sends = decisionSends(next, new Set(next.unacknowledged));
  return { record: next, effect, reply: null, sends, alarm: null };
}

function decided<Work, Proof>(
  record: Rec<Work, Proof>,
  certificate: Certificate<Proof>,
  refusal: Refusal | null,
  env: CoordinatorEnv<Work, Proof>,
): Rec<Work, Proof> {
  // A bank that voted NO has aborted already and waits for nothing.
  const saidNo = certificate.votes.filter(({ vote }) => vote === "no").map(({ bank }) => bank);
  const unacknowledged = participantsOf(record.descriptor).filter((bank) => !saidNo.includes(bank));
  const settled = unacknowledged.length === 0;
  return {
    ...record,
    state: certificate.outcome === "commit" ? "committed" : "aborted",
    proposal: null,
    certificate,
    refusal,
    unacknowledged,
    settled,
    attempts: 0,
    wakeAt: settled ? null : env.now + backoffMs(RESEND, 0, env.random),
  };
}

/** The certificate of a decision by this bank alone; commits carry the YES, aborts the NO votes. */
function certify<Work, Proof>(
  record: Rec<Work, Proof>,
  outcome: Outcome,
  votes: readonly Vote<Proof>[],
  env: CoordinatorEnv<Work, Proof>,
): Certificate<Proof> {
  const { transaction, hash } = record;
  const decision = signDecision(env.sign, { transaction, hash, bank: env.self }, outcome);
  const telling = votes.filter(({ vote }) => vote === (outcome === "commit" ? "yes" : "no"));
  return { transaction, hash, outcome, votes: telling, decision, accepts: [] };
}

function onAck<Work, Proof>(
  record: Rec<Work, Proof>,
  { from }: Event<Work, Proof, "ack">,
): CoordinatorStep<Work, Proof> {
  if (record.certificate === null) {
    return stay(record, null, { code: "unexpected-ack", bank: from[0] ?? record.coordinator });
  }
  const unacknowledged = record.unacknowledged.filter((bank) => !from.includes(bank));
  if (unacknowledged.length === record.unacknowledged.length) return stay(record);
  const settled = unacknowledged.length === 0;
  const wakeAt = settled ? null : record.wakeAt;
  return stay({ ...record, unacknowledged, settled, wakeAt });
}

function onInquiry<Work, Proof>(
  record: Rec<Work, Proof> | undefined,
  { from, message }: Event<Work, Proof, "inquiry">,
  env: CoordinatorEnv<Work, Proof>,
): CoordinatorStep<Work, Proof> {
  const head = headOf(message);
  const { descriptor } = message;
  if (head.coordinator !== env.self || !isNamed(message, from, env.self)) {
    return turnAway(record, head, "not-named", from);
  }
  if (record !== undefined) {
    if (record.hash !== message.hash) {
      return turnAway(record, record, "conflicting-descriptor", from);
    }
    const { certificate } = record;
    return stay(
      record,
      certificate === null ? answer(record, "pending") : answerWith(record, certificate),
    );
  }
  if (descriptorFault(descriptor) !== undefined) {
    return turnAway(record, head, "malformed-descriptor", from);
  }
  if (descriptor.sequence <= env.watermark) return stay(record, answer(head, "finished"));
  // The begin row precedes every PREPARE: without it this bank lost data, and what it lost may
  // have been a commit (R48), or the register may hold one (R26).
  const mayPresume =
    descriptor.decider.kind === "local" &&
    !env.recovering &&
    descriptor.incarnation === env.incarnation;
  if (!mayPresume)
    return stay(record, answer(head, "unknown"), { code: "lost-record", bank: from });
  return presumeAbort(message, from, env);
}

function presumeAbort<Work, Proof>(
  message: InquiryMessage<Work, Proof>,
  from: BankId,
  env: CoordinatorEnv<Work, Proof>,
): CoordinatorStep<Work, Proof> {
  const blank = open(message, env);
  const certificate = certify(blank, "abort", [], env);
  const record = decided(blank, certificate, { code: "presumed-abort" }, env);
  const alarm: Alarm = { code: "lost-record", bank: from };
  return stay(record, answerWith(record, certificate), alarm);
}

/** Only a lost record explains these, or a forgery; or a record forgotten on purpose (R31). */
function onUnknown<Work, Proof>(
  event: CoordinatorEvent<Work, Proof>,
  env: CoordinatorEnv<Work, Proof>,
): CoordinatorStep<Work, Proof> {
  // It knows that it has forgotten, and learns the rest from those who have not (R48).
  if (env.recovering) return stay(undefined);
  let bank: BankId | undefined;
  let sequence: number | undefined;
  if (event.kind === "decide") {
    bank = event.votes[0]?.bank;
    sequence = event.sequence;
  } else if (event.kind === "ack") {
    bank = event.from[0];
    sequence = event.sequence;
  } else if (event.kind === "learned") {
    bank = event.from;
    sequence = event.message.sequence;
  }
  const finished = sequence !== undefined && sequence <= env.watermark;
  if (bank === undefined || finished) return stay(undefined);
  return stay(undefined, null, { code: "unknown-transaction", bank });
}

function onLearned<Work, Proof>(
  record: Rec<Work, Proof>,
  { from, message }: Event<Work, Proof, "learned">,
  env: CoordinatorEnv<Work, Proof>,
): CoordinatorStep<Work, Proof> {
  const { certificate } = message;
  if (certificate === null) return stay(record);
  if (message.hash !== record.hash) {
    return stay(record, null, { code: "conflicting-descriptor", bank: from });
  }
  return takeUp(record, certificate, from, env);
}

function takeUp<Work, Proof>(
  record: Rec<Work, Proof>,
  certificate: Certificate<Proof>,
  from: BankId,
  env: CoordinatorEnv<Work, Proof>,
): CoordinatorStep<Work, Proof> {
  if (!proves(record, certificate)) {
    return stay(record, null, { code: "invalid-certificate", bank: from });
  }
  const { outcome } = certificate;
  const contradiction: Alarm = { code: "contradictory-decision", bank: from };
  if (record.certificate !== null) {
    return stay(record, null, record.certificate.outcome === outcome ? null : contradiction);
  }
  // After ballot 0 is out only the register's own word counts: every YES was there, so a NO or a
  // decision for abort is a lie, whatever accepts lie beside it (R1, R26).
  if (record.state === "proposed" && !majorityAccepted(record.descriptor, certificate)) {
    return stay(record, null, contradiction);
  }
  // A commit needs this bank's own decision or ballot 0. If it has neither on record, only a
  // restore can have lost it (R48); anything else is a lie or a defect.
  const restored = record.descriptor.incarnation !== env.incarnation;
  if (record.state === "preparing" && outcome === "commit" && !restored) {
    return stay(record, null, contradiction);
  }
  const reason = certificate.votes.find(({ vote }) => vote === "no")?.reason;
  const refusal = outcome === "commit" ? null : (reason ?? { code: "aborted-by-register" });
  return conclude(record, certificate, refusal, env);
}

function onRestore<Work, Proof>(
  record: Rec<Work, Proof> | undefined,
  { from, signed, certificate }: Event<Work, Proof, "restore">,
  env: CoordinatorEnv<Work, Proof>,
): CoordinatorStep<Work, Proof> {
  const { descriptor, hash } = signed;
  if (descriptor.coordinator !== env.self) {
    return stay(record, null, { code: "not-named", bank: from });
  }
  if (descriptorFault(descriptor) !== undefined || !proves(signed, certificate)) {
    return stay(record, null, { code: "invalid-certificate", bank: from });
  }
  if (record !== undefined) {
    const same = record.hash === hash;
    if (same) return takeUp(record, certificate, from, env);
    return stay(record, null, { code: "conflicting-descriptor", bank: from });
  }
  // What the living incarnation began it cannot have forgotten.
  if (descriptor.incarnation >= env.incarnation) return stay(record);
  const ownVote = certificate.votes.find(({ bank }) => bank === env.self) ?? null;
  const blank: Rec<Work, Proof> = { ...open(signed, env), ownVote };
  const restored = decided(blank, certificate, null, env);
  const own = branchOf(descriptor, env.self) !== undefined;
  const effect: Effect = own && certificate.outcome === "commit" ? "post" : "none";
  return { record: restored, effect, reply: null, sends: [], alarm: null };
}

function onWake<Work, Proof>(
  record: Rec<Work, Proof>,
  event: Event<Work, Proof, "wake">,
  env: CoordinatorEnv<Work, Proof>,
): CoordinatorStep<Work, Proof> {
  if (record.settled) return stay(record);
  if (record.state === "preparing" && mayGiveUp(record, env)) {
    return onExpire(record, env, event.voted);
  }
  const attempts = record.attempts + 1;
  let { proposal } = record;
  let sends: Envelope<Work, Proof>[];
  if (record.state === "preparing") {
    sends = prepareSends(record);
  } else if (record.state === "proposed" && mayPropose(record, env)) {
    const renewed = renewProposal<Work, Proof>(record, env.self, proposal);
    proposal = renewed.proposal;
    sends = renewed.sends;
  } else if (record.state === "proposed") {
    sends = inquirySends<Work, Proof>(record, env.self, ASK_PEERS_FROM);
  } else {
    sends = decisionSends(record, new Set(record.unacknowledged));
  }
  const wakeAt = nextWake(record, attempts, env);
  const next: Rec<Work, Proof> = { ...record, proposal, attempts, wakeAt };
  return { record: next, effect: "none", reply: null, sends, alarm: null };
}

/**
 * A restore may have lost a later ballot of this bank's own, and no ballot has two values (R48).
 * Ballot 0 only ever had one.
 */
function mayPropose<Work, Proof>(
  { descriptor, proposal }: Rec<Work, Proof>,
  env: CoordinatorEnv<Work, Proof>,
): boolean {
  if (!env.recovering && descriptor.incarnation === env.incarnation) return true;
  return proposal !== null && proposal.ballot === 0 && proposal.outbid === 0;
}

function nextWake<Work, Proof>(
  record: Rec<Work, Proof>,
  attempts: number,
  env: CoordinatorEnv<Work, Proof>,
): number {
  const wakeAt = env.now + backoffMs(RESEND, attempts, env.random);
  const waiting = record.state === "preparing" && env.now < record.deadline;
  return waiting ? Math.min(wakeAt, record.deadline) : wakeAt;
}

function whileProposed<Work, Proof>(
  record: Rec<Work, Proof>,
  event: Event<Work, Proof, "promised" | "accepted" | "outbid">,
  env: CoordinatorEnv<Work, Proof>,
): CoordinatorStep<Work, Proof> {
  const { proposal } = record;
  if (proposal === null) throw new Error("whileProposed: no proposal");
  if (event.kind === "outbid") {
    const next = withOutbid(proposal, event.promised);
    return stay(next === proposal ? record : { ...record, proposal: next });
  }
  if (event.kind === "promised") {
    if (!mayPropose(record, env)) return stay(record);
    const next = withPromises(record, proposal, event.promises);
    if (next === undefined) return stay(record);
    const sends = proposalSends<Work, Proof>(record, next);
    return { ...stay<Rec<Work, Proof>, Work, Proof>({ ...record, proposal: next }), sends };
  }
  const certificate = chosenCertificate(record, proposal, event.accepts);
  if (certificate === undefined) return stay(record);
  const refusal = certificate.outcome === "commit" ? null : { code: "aborted-by-register" };
  return conclude(record, certificate, refusal, env);
}

function prepareSends<Work, Proof>(record: Rec<Work, Proof>): Envelope<Work, Proof>[] {
  const { hash, descriptor, descriptorProof } = record;
  return participantsOf(descriptor).map((to) => ({
    to,
    message: { kind: "prepare", hash, descriptor, descriptorProof },
  }));
}

function decisionSends<Work, Proof>(
  record: Rec<Work, Proof>,
  banks: ReadonlySet<BankId>,
): Envelope<Work, Proof>[] {
  const { transaction, hash, coordinator, sequence, certificate } = record;
  if (certificate === null) return [];
  const head: Head = { transaction, hash, coordinator, sequence };
  return [...banks].map((to) => ({ to, message: { ...head, kind: "decision", certificate } }));
}

function turnAway<Work, Proof>(
  record: Rec<Work, Proof> | undefined,
  { transaction, hash, coordinator, sequence }: Head,
  code: Extract<RefusalCode, Alarm["code"]>,
  bank: BankId,
): CoordinatorStep<Work, Proof> {
  const head: Head = { transaction, hash, coordinator, sequence };
  const reply: Message<Work, Proof> = { ...head, kind: "refused", code };
  return stay(record, reply, { code, bank });
}
