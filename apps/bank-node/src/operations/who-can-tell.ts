import {
  headOf,
  majorityOf,
  participantsOf,
  witnessesOf,
  type ParticipantRecord,
} from "@pacto/atomic-commit";
import { repliesOutput, type Work } from "@pacto/contract";
import type { Proof } from "@pacto/contract/signing";
import type { WireMessage } from "../commit/parts.ts";
import type { Bank } from "../context.ts";

const ASK_TIMEOUT_MS = 1_500;

type InDoubt = ParticipantRecord<Work, Proof>;
type Asking = Pick<Bank, "id" | "peers" | "commit">;
type Inquiry = Extract<WireMessage, { readonly kind: "inquiry" }>;

/**
 * The banks from which the outcome of a branch in doubt can be had now; none when only people can
 * end the doubt (R32). The coordinator and the other participants are asked for the outcome
 * itself: a bank that is up and knows nothing is no reason to wait. So is a register that a
 * majority of the witnesses can answer for. An outcome that somebody tells is taken up at once.
 */
export async function whoCanTell(bank: Asking, record: InDoubt): Promise<string[]> {
  const { hash, descriptor, descriptorProof } = record;
  if (descriptor === null || descriptorProof === null) return [];
  const inquiry = { kind: "inquiry", hash, descriptor, descriptorProof } as const;
  const others = (banks: readonly string[]) => [...new Set(banks)].filter((id) => id !== bank.id);
  const [telling, witnesses] = await Promise.all([
    ask(bank, others([descriptor.coordinator, ...participantsOf(descriptor)]), inquiry),
    ping(bank, others(witnessesOf(descriptor))),
  ]);
  const isWitness = witnessesOf(descriptor).includes(bank.id);
  const reachable = witnesses.length + (isWitness ? 1 : 0);
  const hasMajority = descriptor.decider.kind === "register" && reachable >= majorityOf(descriptor);
  return hasMajority ? [...new Set([...telling, ...witnesses])] : telling;
}

async function ask(bank: Asking, whom: readonly string[], inquiry: Inquiry): Promise<string[]> {
  const asked = whom.map(async (to) => {
    const limit = { timeoutMs: ASK_TIMEOUT_MS };
    const [result] = await bank.peers.call(to, "commit.inquire", [inquiry], limit);
    if (result?.kind !== "answer") return [];
    const reply = repliesOutput.shape.items.element.safeParse(result.value).data;
    if (reply?.kind !== "answer") return [];
    if (reply.certificate !== null) {
      const decision = { kind: "decision", ...headOf(inquiry), certificate: reply.certificate };
      await bank.commit.receive(to, [decision as WireMessage]);
      return [to];
    }
    // Only its coordinator can say of a transaction that it is still being decided.
    const isDeciding = reply.state === "pending" && to === inquiry.descriptor.coordinator;
    return isDeciding || reply.state === "finished" ? [to] : [];
  });
  return (await Promise.all(asked)).flat();
}

async function ping(bank: Asking, whom: readonly string[]): Promise<string[]> {
  const asked = whom.map(async (to) => {
    const limit = { timeoutMs: ASK_TIMEOUT_MS };
    const [result] = await bank.peers.call(to, "commit.ping", [{}], limit);
    return result?.kind === "answer" ? [to] : [];
  });
  return (await Promise.all(asked)).flat();
}
