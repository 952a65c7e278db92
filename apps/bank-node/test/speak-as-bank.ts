import {
  type Certificate,
  type Decider,
  type DecisionMessage,
  type Descriptor,
  type PrepareMessage,
  type Sign,
} from "@pacto/atomic-commit";
import type { Work } from "@pacto/contract";
import { hashCanonical, signStatements, type Proof } from "@pacto/contract/signing";
import { v7 as uuidv7 } from "uuid";
import type { BankInProcess } from "./banks-in-process.ts";

// What a bank with a valid key can say when it does not keep to the protocol.

let sequence = 1_000_000;

interface Asked {
  readonly legs: Readonly<Record<string, Work["legs"]>>;
  readonly id?: string;
  readonly decider?: Decider;
}

/** A well-formed transaction that `coordinator` never began. */
export function descriptorBy(coordinator: string, { legs, id, decider }: Asked): Descriptor<Work> {
  sequence += 1;
  return {
    id: id ?? uuidv7(),
    coordinator,
    incarnation: 1,
    sequence,
    branches: Object.entries(legs).map(([bank, of]) => ({
      bank,
      work: { kind: "money", legs: of, description: "" },
    })),
    decider: decider ?? { kind: "local" },
    prepareWithinMs: 3_000,
    purpose: "transfer",
  };
}

export function signerOf(bank: BankInProcess): Sign<Proof> {
  return (statement) => {
    const [proof] = signStatements([statement], bank.signingKey);
    if (proof === undefined) throw new Error("no proof");
    return proof;
  };
}

/** PREPARE as the bank signs it; `signedBy` lets another one sign in its name. */
export function prepareBy(
  bank: BankInProcess,
  descriptor: Descriptor<Work>,
  signedBy: BankInProcess = bank,
): PrepareMessage<Work, Proof> {
  const hash = hashCanonical(descriptor);
  const { id: transaction, coordinator } = descriptor;
  const statement = { kind: "descriptor", transaction, hash, bank: coordinator } as const;
  return { kind: "prepare", hash, descriptor, descriptorProof: signerOf(signedBy)(statement) };
}

/** A decision with whatever votes and signature its sender can produce. */
export function decisionOn(
  { descriptor, hash }: PrepareMessage<Work, Proof>,
  {
    outcome,
    yes,
    signedBy,
  }: {
    readonly outcome: "commit" | "abort";
    /** Who signs a YES for which bank. */
    readonly yes: readonly { readonly of: string; readonly signedBy: BankInProcess }[];
    readonly signedBy: BankInProcess;
  },
): DecisionMessage<Proof> {
  const { id: transaction, coordinator } = descriptor;
  const about = (bank: string) => ({ transaction, hash, bank });
  const certificate: Certificate<Proof> = {
    transaction,
    hash,
    outcome,
    votes: yes.map(({ of, signedBy: signer }) => {
      const vote = { ...about(of), vote: "yes", reason: null } as const;
      return { ...vote, proof: signerOf(signer)({ kind: "vote", ...vote }) };
    }),
    decision: {
      ...about(coordinator),
      outcome,
      proof: signerOf(signedBy)({ kind: "decision", ...about(coordinator), outcome }),
    },
    accepts: [],
  };
  const { sequence: number } = descriptor;
  return { kind: "decision", transaction, hash, coordinator, sequence: number, certificate };
}
