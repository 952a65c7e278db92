export { stepAcceptor } from "./acceptor.ts";
export type { AcceptorEnv, AcceptorEvent, AcceptorRecord } from "./acceptor.ts";
export { backoffMs, INQUIRE, RESEND } from "./backoff.ts";
export type { Backoff } from "./backoff.ts";
export { certificateFault } from "./certificate.ts";
export type { Certificate } from "./certificate.ts";
export { stepCoordinator } from "./coordinator.ts";
export type {
  CoordinatorEnv,
  CoordinatorEvent,
  CoordinatorRecord,
  CoordinatorState,
  CoordinatorStep,
} from "./coordinator-record.ts";
export {
  branchOf,
  descriptorFault,
  majorityOf,
  participantsOf,
  proposersOf,
  witnessesOf,
} from "./descriptor.ts";
export type { BankId, Branch, Decider, Descriptor, Hash, TransactionId } from "./descriptor.ts";
export {
  assertCoordinatorInvariants,
  assertParticipantInvariants,
  ProtocolLawBroken,
} from "./invariants.ts";
export { claimsOf, claimsOfCertificate, headOf, roleOf } from "./messages.ts";
export type {
  AckMessage,
  AcceptedMessage,
  AcceptMessage,
  AnswerMessage,
  AnswerState,
  DecisionMessage,
  Envelope,
  Head,
  InquiryMessage,
  Message,
  OutbidMessage,
  PrepareMessage,
  PromisedMessage,
  PromiseMessage,
  RefusalCode,
  RefusedMessage,
  SignedDescriptor,
  VoteMessage,
} from "./messages.ts";
export { stepParticipant } from "./participant.ts";
export type {
  ParticipantEnv,
  ParticipantEvent,
  ParticipantRecord,
  ParticipantState,
  ParticipantStep,
} from "./participant-record.ts";
export type { Proposal, ReportedPromise } from "./register.ts";
export type {
  Accept,
  AcceptedValue,
  Claim,
  Decision,
  Outcome,
  Refusal,
  Sign,
  Statement,
  Vote,
  WitnessPromise,
} from "./statement.ts";
export { NO_FENCE } from "./step.ts";
export type { Alarm, AlarmCode, Effect, Env, Fence, Step } from "./step.ts";
export { tally } from "./tally.ts";
export type { Tally } from "./tally.ts";
