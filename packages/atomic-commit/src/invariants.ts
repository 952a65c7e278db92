import { certificateFault } from "./certificate.ts";
import type { CoordinatorRecord } from "./coordinator-record.ts";
import { branchOf, descriptorFault, participantsOf, type BankId } from "./descriptor.ts";
import type { ParticipantRecord } from "./participant-record.ts";

/** A record contradicts the protocol: a defect or a damaged store. Stop, do not go on. */
export class ProtocolLawBroken extends Error {
  override readonly name = "ProtocolLawBroken";
}

function demand(holds: boolean, law: string): void {
  if (!holds) throw new ProtocolLawBroken(law);
}

/** Throws ProtocolLawBroken unless the record is one that the coordinator's steps can produce. */
export function assertCoordinatorInvariants<Work, Proof>(
  record: CoordinatorRecord<Work, Proof>,
  self: BankId,
): void {
  const { descriptor, hash, state, certificate, proposal, unacknowledged } = record;
  demand(record.coordinator === self && descriptor.coordinator === self, "C1 own transaction");
  demand(record.transaction === descriptor.id, "C1 same id");
  demand(descriptorFault(descriptor) === undefined, "C1 sound descriptor");
  const isDecided = state === "committed" || state === "aborted";
  demand(isDecided === (certificate !== null), "C2 certificate iff decided");
  if (certificate !== null) {
    demand((certificate.outcome === "commit") === (state === "committed"), "C2 same outcome");
    demand(certificateFault(descriptor, hash, certificate) === undefined, "C3 proven");
  }
  demand((state === "proposed") === (proposal !== null), "C4 proposal iff proposed");
  demand(proposal === null || descriptor.decider.kind === "register", "C4 register only");
  const others = participantsOf(descriptor);
  demand(
    unacknowledged.every((bank) => others.includes(bank)),
    "C5 participants acknowledge",
  );
  demand(isDecided || unacknowledged.length === 0, "C5 nothing to acknowledge yet");
  demand(record.settled === (isDecided && unacknowledged.length === 0), "C6 settled iff all acked");
  demand(record.settled === (record.wakeAt === null), "C6 awake iff unsettled");
  const own = branchOf(descriptor, self) !== undefined;
  const votes = own && (state === "preparing" || state === "proposed");
  demand(!votes || record.ownVote?.vote === "yes", "C7 own hold before asking others");
}

/** Throws ProtocolLawBroken unless the record is one that a participant's steps can produce. */
export function assertParticipantInvariants<Work, Proof>(
  record: ParticipantRecord<Work, Proof>,
  self: BankId,
): void {
  const { descriptor, hash, state, vote, certificate } = record;
  demand(record.coordinator !== self, "P1 never beside the coordinator's record");
  if (descriptor !== null) {
    demand(record.transaction === descriptor.id, "P1 same id");
    demand(branchOf(descriptor, self) !== undefined, "P1 own branch");
  }
  demand(descriptor !== null || state === "aborted", "P2 only a tombstone lacks a descriptor");
  if (state === "prepared") {
    demand(vote?.vote === "yes", "P3 prepared means YES");
    demand(certificate === null, "P3 prepared means in doubt");
    demand(record.wakeAt !== null && record.preparedAt !== null, "P3 in doubt asks again");
  } else {
    demand(record.proposal === null, "P4 no ballot once decided");
  }
  if (state === "committed" || state === "aborted") {
    demand(certificate !== null, "P5 decided means proven");
    demand(record.wakeAt === null, "P5 decided means at rest");
  }
  if (certificate !== null) {
    const normal = state === "committed" || state === "aborted";
    const same = (certificate.outcome === "commit") === (state === "committed");
    demand(!normal || same, "P5 same outcome");
    const proven =
      descriptor === null || certificateFault(descriptor, hash, certificate) === undefined;
    demand(proven, "P6 proven");
  }
  demand(vote === null || vote.vote === "yes" || state === "aborted", "P7 NO is final");
}
