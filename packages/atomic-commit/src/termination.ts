import { certificateFault, type Certificate } from "./certificate.ts";
import { participantsOf, type BankId } from "./descriptor.ts";
import type { AnswerMessage, Envelope, Head, SignedDescriptor } from "./messages.ts";
import { nextProposal, proposalSends, type Proposal } from "./register.ts";

/** From which attempt on a participant in doubt asks its peers too (R28). */
export const ASK_PEERS_FROM = 1;
/** From which attempt on it also runs a ballot of its own, where there is a register (R28). */
export const RECOVER_FROM = 2;

/** Whom a bank in doubt asks at its attempt number `attempts`: coordinator, then peers. */
export function inquirySends<Work, Proof>(
  signed: SignedDescriptor<Work, Proof>,
  self: BankId,
  attempts: number,
): Envelope<Work, Proof>[] {
  const { hash, descriptor, descriptorProof } = signed;
  const asked: BankId[] = [descriptor.coordinator];
  if (attempts >= ASK_PEERS_FROM) asked.push(...participantsOf(descriptor));
  const others = asked.filter((bank) => bank !== self);
  return others.map((to) => ({
    to,
    message: { kind: "inquiry", hash, descriptor, descriptorProof },
  }));
}

/**
 * A ballot's next move at a wake: the same message again while nobody outbid it, else a higher
 * ballot (R19, R25).
 */
export function renewProposal<Work, Proof>(
  signed: SignedDescriptor<Work, Proof>,
  self: BankId,
  last: Proposal<Proof> | null,
): { readonly proposal: Proposal<Proof>; readonly sends: Envelope<Work, Proof>[] } {
  const stands = last !== null && last.outbid <= last.ballot;
  const proposal = stands ? last : nextProposal(signed.descriptor, self, last);
  return { proposal, sends: proposalSends(signed, proposal) };
}

/** A decision passed on to every other party, by a bank that did not have it from the
 * coordinator itself (R29). */
export function gossipSends<Work, Proof>(
  signed: SignedDescriptor<Work, Proof>,
  certificate: Certificate<Proof>,
  { self, source, head }: { readonly self: BankId; readonly source: BankId; readonly head: Head },
): Envelope<Work, Proof>[] {
  const { descriptor } = signed;
  const told: BankId[] = [descriptor.coordinator, ...participantsOf(descriptor)];
  return told
    .filter((bank) => bank !== self && bank !== source)
    .map((to) => ({ to, message: { ...head, kind: "decision", certificate } }));
}

/** May this bank ask about the transaction, and this one be asked (R15)? */
export function isNamed(
  signed: SignedDescriptor<unknown, unknown>,
  asker: BankId,
  asked: BankId,
): boolean {
  const { descriptor } = signed;
  const parties: BankId[] = [descriptor.coordinator, ...participantsOf(descriptor)];
  return parties.includes(asker) && parties.includes(asked);
}

export function answer<Proof>(
  head: Head,
  state: "pending" | "uncertain" | "unknown" | "finished",
): AnswerMessage<Proof> {
  const { transaction, hash, coordinator, sequence } = head;
  return { kind: "answer", transaction, hash, coordinator, sequence, state, certificate: null };
}

export function answerWith<Proof>(
  head: Head,
  certificate: Certificate<Proof>,
): AnswerMessage<Proof> {
  const { transaction, hash, coordinator, sequence } = head;
  const state = certificate.outcome === "commit" ? "committed" : "aborted";
  return { kind: "answer", transaction, hash, coordinator, sequence, state, certificate };
}

/** True iff the certificate proves its outcome under this very descriptor. */
export function proves<Proof>(
  signed: SignedDescriptor<unknown, Proof>,
  certificate: Certificate<Proof>,
): boolean {
  return certificateFault(signed.descriptor, signed.hash, certificate) === undefined;
}
