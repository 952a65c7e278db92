import { tombstoneFault, type Certificate } from "./certificate.ts";
import {
  branchOf,
  decidedByRegister,
  descriptorFault,
  type BankId,
  type Hash,
} from "./descriptor.ts";
import {
  headOf,
  headOfDescriptor,
  type DecisionMessage,
  type Envelope,
  type Head,
  type Message,
  type RefusalCode,
  type SignedDescriptor,
} from "./messages.ts";
import { backoffMs, INQUIRE } from "./backoff.ts";
import type {
  ParticipantEnv,
  ParticipantEvent,
  ParticipantRecord,
  ParticipantStep,
} from "./participant-record.ts";
import {
  chosenCertificate,
  proposalSends,
  withOutbid,
  withPromises,
  type Proposal,
} from "./register.ts";
import { signVote, type Refusal, type Vote } from "./statement.ts";
import { stay, type Alarm, type Effect } from "./step.ts";
import {
  answer,
  answerWith,
  gossipSends,
  inquirySends,
  isNamed,
  proves,
  RECOVER_FROM,
  renewProposal,
} from "./termination.ts";

type Rec<Work, Proof> = ParticipantRecord<Work, Proof>;
type Event<Work, Proof, Kind> = Extract<ParticipantEvent<Work, Proof>, { readonly kind: Kind }>;

/**
 * One event at a participant: total over states and events (SPEC.md, participant table), and
 * idempotent (R12). Never throws on what other banks send.
 */
export function stepParticipant<Work, Proof>(
  record: ParticipantRecord<Work, Proof> | undefined,
  event: ParticipantEvent<Work, Proof>,
  env: ParticipantEnv<Work, Proof>,
): ParticipantStep<Work, Proof> {
  switch (event.kind) {
    case "prepare":
      return onPrepare(record, event, env);
    case "decision":
      return onDecision(record, event, env);
    case "inquiry":
      return onInquiry(record, event, env);
    case "answer":
      return onAnswer(record, event, env);
    case "restore":
      return onRestore(record, event, env);
    case "wake":
      return record === undefined || record.wakeAt === null ? stay(record) : inquire(record, env);
    default:
      return record === undefined || record.state !== "prepared"
        ? stay(record)
        : whileInDoubt(record, event, env);
  }
}

function onPrepare<Work, Proof>(
  record: Rec<Work, Proof> | undefined,
  event: Event<Work, Proof, "prepare">,
  env: ParticipantEnv<Work, Proof>,
): ParticipantStep<Work, Proof> {
  const { from, message } = event;
  const { descriptor, hash } = message;
  const head = headOfDescriptor(descriptor, hash);
  const named = from === descriptor.coordinator && from !== env.self;
  if (!named || branchOf(descriptor, env.self) === undefined) {
    return turnAway(record, head, "not-named", from);
  }
  if (record !== undefined) return onPrepareAgain(record, event);
  if (descriptorFault(descriptor) !== undefined) {
    return turnAway(record, head, "malformed-descriptor", from);
  }
  // No vote where a YES may have been given and forgotten: a NO beside it would prove a lie.
  if (descriptor.sequence <= env.fence.watermark) {
    return stay(record, refused(head, "stale-sequence"));
  }
  if (env.recovering || descriptor.sequence <= env.fence.forgottenUpTo) {
    return stay(record, refused(head, "recovering"));
  }
  return castVote(event, env);
}

function castVote<Work, Proof>(
  event: Event<Work, Proof, "prepare">,
  env: ParticipantEnv<Work, Proof>,
): ParticipantStep<Work, Proof> {
  const { descriptor, hash } = event.message;
  const branch = branchOf(descriptor, env.self);
  if (branch === undefined) throw new Error("castVote: the bank has no branch");
  // The NO also frees the living incarnation from what its predecessor began and never decided.
  const old = descriptor.incarnation < env.fence.incarnation;
  const late = env.now - event.receivedAt > descriptor.prepareWithinMs;
  const refusal = old
    ? { code: "old-incarnation" }
    : late
      ? { code: "prepare-too-late" }
      : env.reserve(branch.work);
  if (refusal !== undefined) {
    const record = refuse(event.message, refusal, env);
    const alarm: Alarm | null = old ? { code: "old-incarnation", bank: event.from } : null;
    return stay(record, voteReply(record, record.vote), alarm);
  }
  const subject = { transaction: descriptor.id, hash, bank: env.self };
  const vote = signVote(env.sign, subject, "yes", null);
  const record: Rec<Work, Proof> = {
    transaction: descriptor.id,
    coordinator: descriptor.coordinator,
    sequence: descriptor.sequence,
    hash,
    state: "prepared",
    descriptor,
    descriptorProof: event.message.descriptorProof,
    vote,
    certificate: null,
    proposal: null,
    preparedAt: env.now,
    attempts: 0,
    wakeAt: env.now + backoffMs(INQUIRE, 0, env.random),
  };
  return { record, effect: "hold", reply: voteReply(record, vote), sends: [], alarm: null };
}

function onPrepareAgain<Work, Proof>(
  record: Rec<Work, Proof>,
  { from, message }: Event<Work, Proof, "prepare">,
): ParticipantStep<Work, Proof> {
  if (message.hash !== record.hash) {
    return turnAway(record, record, "conflicting-descriptor", from);
  }
  // A NO is never said beside an earlier YES: the certificate tells what became of it.
  const decided = record.state === "committed" || record.vote?.vote !== "no";
  if (record.certificate !== null && decided) {
    return stay(record, answerWith(record, record.certificate));
  }
  return record.vote === null ? stay(record) : stay(record, voteReply(record, record.vote));
}

function onDecision<Work, Proof>(
  record: Rec<Work, Proof> | undefined,
  { from, message }: Event<Work, Proof, "decision">,
  env: ParticipantEnv<Work, Proof>,
): ParticipantStep<Work, Proof> {
  const { certificate } = message;
  if (record === undefined) return onDecisionUnknown(message, from, env);
  const fault = decisionFault(record, message);
  if (fault !== undefined) return turnAway(record, record, fault, from);
  const step = learn(record, certificate, from, env);
  const ack = ackTo<Work, Proof>(from, record);
  return step.alarm?.code === "contradictory-decision"
    ? { ...step, reply: refused(record, "contradictory-decision") }
    : { ...step, reply: ack };
}

function onDecisionUnknown<Work, Proof>(
  message: DecisionMessage<Proof>,
  from: BankId,
  env: ParticipantEnv<Work, Proof>,
): ParticipantStep<Work, Proof> {
  const head = headFields(message);
  const ack = ackTo<Work, Proof>(from, head);
  if (message.sequence <= env.fence.watermark) return stay(undefined, ack);
  const { certificate } = message;
  if (certificate.outcome === "commit") {
    // A bank that has forgotten is told nothing unheard-of: it will learn the same by itself (R48).
    if (env.recovering) return stay(undefined, refused(head, "recovering"));
    return turnAway(undefined, head, "unknown-transaction", from);
  }
  const matches =
    certificate.hash === message.hash && certificate.transaction === message.transaction;
  if (!matches || tombstoneFault(message.coordinator, certificate) !== undefined) {
    return turnAway(undefined, head, "invalid-certificate", from);
  }
  const record: Rec<Work, Proof> = {
    ...head,
    state: "aborted",
    descriptor: null,
    descriptorProof: null,
    vote: null,
    certificate,
    proposal: null,
    preparedAt: null,
    attempts: 0,
    wakeAt: null,
  };
  return stay(record, ack);
}

function onInquiry<Work, Proof>(
  record: Rec<Work, Proof> | undefined,
  { from, message }: Event<Work, Proof, "inquiry">,
  env: ParticipantEnv<Work, Proof>,
): ParticipantStep<Work, Proof> {
  const head = headOf(message);
  const { descriptor } = message;
  const participates =
    branchOf(descriptor, env.self) !== undefined && env.self !== head.coordinator;
  if (!participates || !isNamed(message, from, env.self)) {
    return turnAway(record, head, "not-named", from);
  }
  if (record !== undefined) {
    if (record.hash !== message.hash) {
      return turnAway(record, record, "conflicting-descriptor", from);
    }
    const { certificate } = record;
    return stay(
      record,
      certificate === null ? answer(record, "uncertain") : answerWith(record, certificate),
    );
  }
  if (descriptorFault(descriptor) !== undefined) {
    return turnAway(record, head, "malformed-descriptor", from);
  }
  if (descriptor.sequence <= env.fence.watermark) return stay(record, answer(head, "finished"));
  if (env.recovering || descriptor.sequence <= env.fence.forgottenUpTo) {
    return stay(record, answer(head, "unknown"));
  }
  // R14: the asker may only hear "aborted" once this bank can never vote YES any more.
  const tombstone = refuse(message, { code: "inquired-before-prepare" }, env);
  return tombstone.certificate === null
    ? stay(tombstone)
    : stay(tombstone, answerWith(head, tombstone.certificate));
}

function onAnswer<Work, Proof>(
  record: Rec<Work, Proof> | undefined,
  { from, message }: Event<Work, Proof, "answer">,
  env: ParticipantEnv<Work, Proof>,
): ParticipantStep<Work, Proof> {
  if (record === undefined) return stay(record);
  const { certificate } = message;
  if (certificate === null) {
    const lost = message.state === "finished" && record.state === "prepared";
    return stay(record, null, lost ? { code: "finished-while-in-doubt", bank: from } : null);
  }
  const fault = decisionFault(record, { ...message, certificate });
  if (fault === undefined) return learn(record, certificate, from, env);
  return stay(record, null, { code: fault, bank: from });
}

function onRestore<Work, Proof>(
  record: Rec<Work, Proof> | undefined,
  { from, signed, certificate }: Event<Work, Proof, "restore">,
  env: ParticipantEnv<Work, Proof>,
): ParticipantStep<Work, Proof> {
  const { descriptor, hash } = signed;
  const branch = branchOf(descriptor, env.self);
  if (branch === undefined || descriptor.coordinator === env.self) {
    return stay(record, null, { code: "not-named", bank: from });
  }
  if (descriptorFault(descriptor) !== undefined || !proves(signed, certificate)) {
    return stay(record, null, { code: "invalid-certificate", bank: from });
  }
  if (record !== undefined) {
    if (record.hash !== hash) {
      return stay(record, null, { code: "conflicting-descriptor", bank: from });
    }
    const fault = decisionFault(record, { hash, certificate });
    if (fault === undefined) return learn(record, certificate, from, env);
    return stay(record, null, { code: fault, bank: from });
  }
  const mayHaveForgotten = env.recovering || descriptor.sequence <= env.fence.forgottenUpTo;
  if (!mayHaveForgotten || certificate.outcome !== "commit") return stay(record);
  const restored: Rec<Work, Proof> = {
    ...headOfDescriptor(descriptor, hash),
    state: "committed",
    descriptor,
    descriptorProof: signed.descriptorProof,
    vote: certificate.votes.find(({ bank }) => bank === env.self) ?? null,
    certificate,
    proposal: null,
    preparedAt: null,
    attempts: 0,
    wakeAt: null,
  };
  return { record: restored, effect: "post", reply: null, sends: [], alarm: null };
}

/** What a proven outcome does to a record: the only way out of prepared but a heuristic one. */
function learn<Work, Proof>(
  record: Rec<Work, Proof>,
  certificate: Certificate<Proof>,
  source: BankId,
  env: ParticipantEnv<Work, Proof>,
): ParticipantStep<Work, Proof> {
  const { outcome } = certificate;
  if (record.state === "prepared") return settle(record, certificate, source, env);
  if (record.state === "committed" || record.state === "aborted") {
    const same = (outcome === "commit") === (record.state === "committed");
    return stay(record, null, same ? null : { code: "contradictory-decision", bank: source });
  }
  if (record.certificate !== null) {
    const same = record.certificate.outcome === outcome;
    return stay(record, null, same ? null : { code: "contradictory-decision", bank: source });
  }
  const mixed = (outcome === "commit") !== (record.state === "heuristic-commit");
  const alarm: Alarm | null = mixed ? { code: "heuristic-mixed", bank: source } : null;
  return stay({ ...record, certificate, wakeAt: null }, null, alarm);
}

function settle<Work, Proof>(
  record: Rec<Work, Proof>,
  certificate: Certificate<Proof>,
  source: BankId,
  env: ParticipantEnv<Work, Proof>,
): ParticipantStep<Work, Proof> {
  const committed = certificate.outcome === "commit";
  const next: Rec<Work, Proof> = {
    ...record,
    state: committed ? "committed" : "aborted",
    certificate,
    proposal: null,
    wakeAt: null,
  };
  const effect: Effect = committed ? "capture" : "release";
  const signed = signedOf(record);
  const passOn = source !== record.coordinator && signed !== null;
  const sends: Envelope<Work, Proof>[] = passOn
    ? gossipSends(signed, certificate, { self: env.self, source, head: headFields(record) })
    : [];
  return { record: next, effect, reply: null, sends, alarm: null };
}

function whileInDoubt<Work, Proof>(
  record: Rec<Work, Proof>,
  event: Event<Work, Proof, "promised" | "accepted" | "outbid" | "heuristic">,
  env: ParticipantEnv<Work, Proof>,
): ParticipantStep<Work, Proof> {
  const signed = demandSigned(record);
  const { proposal } = record;
  switch (event.kind) {
    case "heuristic": {
      const commit = event.outcome === "commit";
      const state = commit ? "heuristic-commit" : "heuristic-abort";
      const effect: Effect = commit ? "capture" : "release";
      const next: Rec<Work, Proof> = { ...record, state, proposal: null };
      return { record: next, effect, reply: null, sends: [], alarm: null };
    }
    case "outbid":
      if (proposal === null) return stay(record);
      return stay(withProposal(record, withOutbid(proposal, event.promised)));
    case "promised": {
      if (proposal === null || !mayPropose(record, env)) return stay(record);
      const next = withPromises(signed, proposal, event.promises);
      if (next === undefined) return stay(record);
      const sends = proposalSends(signed, next);
      return { ...stay<Rec<Work, Proof>, Work, Proof>(withProposal(record, next)), sends };
    }
    case "accepted": {
      if (proposal === null) return stay(record);
      const certificate = chosenCertificate(signed, proposal, event.accepts);
      return certificate === undefined ? stay(record) : settle(record, certificate, env.self, env);
    }
  }
}

function inquire<Work, Proof>(
  record: Rec<Work, Proof>,
  env: ParticipantEnv<Work, Proof>,
): ParticipantStep<Work, Proof> {
  const signed = demandSigned(record);
  const sends = inquirySends(signed, env.self, record.attempts);
  let { proposal } = record;
  const recovers = record.state === "prepared" && record.attempts >= RECOVER_FROM;
  if (decidedByRegister(signed.descriptor) && recovers && mayPropose(record, env)) {
    const renewed = renewProposal(signed, env.self, proposal);
    proposal = renewed.proposal;
    sends.push(...renewed.sends);
  }
  const attempts = record.attempts + 1;
  const wakeAt = env.now + backoffMs(INQUIRE, attempts, env.random);
  const next: Rec<Work, Proof> = { ...record, proposal, attempts, wakeAt };
  return { record: next, effect: "none", reply: null, sends, alarm: null };
}

/** A restore may have lost a later ballot of this bank's own, and no ballot has two values (R48). */
function mayPropose<Work, Proof>(
  record: Rec<Work, Proof>,
  env: ParticipantEnv<Work, Proof>,
): boolean {
  return !env.recovering && record.sequence > env.fence.forgottenUpTo;
}

/** The record of a bank that will never vote YES: a refusal, or a tombstone (R13, R14). */
function refuse<Work, Proof>(
  signed: SignedDescriptor<Work, Proof>,
  reason: Refusal,
  env: ParticipantEnv<Work, Proof>,
): Rec<Work, Proof> {
  const { descriptor, hash, descriptorProof } = signed;
  const subject = { transaction: descriptor.id, hash, bank: env.self };
  const vote = signVote(env.sign, subject, "no", reason);
  const { transaction } = subject;
  return {
    transaction,
    coordinator: descriptor.coordinator,
    sequence: descriptor.sequence,
    hash,
    state: "aborted",
    descriptor,
    descriptorProof,
    vote,
    certificate: {
      transaction,
      hash,
      outcome: "abort",
      votes: [vote],
      decision: null,
      accepts: [],
    },
    proposal: null,
    preparedAt: null,
    attempts: 0,
    wakeAt: null,
  };
}

function decisionFault<Work, Proof>(
  record: Rec<Work, Proof>,
  { hash, certificate }: { readonly hash: Hash; readonly certificate: Certificate<Proof> },
): "conflicting-descriptor" | "invalid-certificate" | undefined {
  if (hash !== record.hash) return "conflicting-descriptor";
  const signed = signedOf(record);
  if (signed !== null) return proves(signed, certificate) ? undefined : "invalid-certificate";
  if (certificate.outcome === "commit") return undefined;
  const fault = tombstoneFault(record.coordinator, certificate);
  return fault === undefined ? undefined : "invalid-certificate";
}

function signedOf<Work, Proof>(record: Rec<Work, Proof>): SignedDescriptor<Work, Proof> | null {
  const { hash, descriptor, descriptorProof } = record;
  if (descriptor === null || descriptorProof === null) return null;
  return { hash, descriptor, descriptorProof };
}

function demandSigned<Work, Proof>(record: Rec<Work, Proof>): SignedDescriptor<Work, Proof> {
  const signed = signedOf(record);
  if (signed === null) throw new Error(`${record.state} without a descriptor`);
  return signed;
}

function withProposal<Work, Proof>(
  record: Rec<Work, Proof>,
  proposal: Proposal<Proof>,
): Rec<Work, Proof> {
  return proposal === record.proposal ? record : { ...record, proposal };
}

function headFields({ transaction, hash, coordinator, sequence }: Head): Head {
  return { transaction, hash, coordinator, sequence };
}

/** Only the coordinator counts acks; a peer that passed the decision on needs none. */
function ackTo<Work, Proof>(from: BankId, head: Head): Message<Work, Proof> | null {
  return from === head.coordinator ? { ...headFields(head), kind: "ack" } : null;
}

function voteReply<Work, Proof>(head: Head, vote: Vote<Proof> | null): Message<Work, Proof> | null {
  if (vote === null) return null;
  const { transaction, hash, coordinator, sequence } = head;
  return { kind: "vote", transaction, hash, coordinator, sequence, vote };
}

function refused<Work, Proof>(head: Head, code: RefusalCode): Message<Work, Proof> {
  return { ...headFields(head), kind: "refused", code };
}

/** Nothing changes; `suspect` is the bank that only a defect or a lie can have made say this. */
function turnAway<Work, Proof>(
  record: Rec<Work, Proof> | undefined,
  head: Head,
  code: Extract<RefusalCode, Alarm["code"]>,
  suspect: BankId,
): ParticipantStep<Work, Proof> {
  return stay(record, refused(head, code), { code, bank: suspect });
}
