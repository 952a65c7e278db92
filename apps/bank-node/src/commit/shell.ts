import {
  headOf,
  majorityOf,
  participantsOf,
  roleOf,
  type Descriptor,
  type PromisedMessage,
} from "@pacto/atomic-commit";
import type { RecoveredTransaction, Work } from "@pacto/contract";
import type { Proof, SigningKey } from "@pacto/contract/signing";
import type { CrashPoint } from "../failpoints/crash-point.ts";
import type { Command } from "../ledger/engine/command.ts";
import type { PostingEngine } from "../ledger/engine/posting-engine.ts";
import type { Pool } from "../database/pools.ts";
import type { PeerCaps } from "./admit-branch.ts";
import { createDispatcher, type Due } from "./dispatcher.ts";
import { createGatherings, type Gathering } from "./gathering.ts";
import { evidenceCommand } from "./keep-evidence.ts";
import type { CommitParts, StepResult, WireEnvelope, WireMessage } from "./parts.ts";
import { acceptorCommand } from "./run-acceptor.ts";
import { coordinatorCommand } from "./run-coordinator.ts";
import { participantCommand } from "./run-participant.ts";
import { createSequence } from "./sequence.ts";
import { createWaiters } from "./waiters.ts";

/** Takes one message to another bank; undefined means that nothing is known (R18). */
export type Transport = (envelope: WireEnvelope) => Promise<WireMessage | undefined>;

export interface CommitShellOptions {
  readonly bank: string;
  readonly signer: SigningKey;
  readonly caps: PeerCaps;
  readonly engine: PostingEngine;
  readonly recoveryPool: Pool;
  readonly transport: Transport;
  /** True when every signature in the message is good; checked before the core sees it. */
  readonly isAuthentic: (message: WireMessage) => boolean;
  readonly crashPoint: CrashPoint;
  readonly onError: (error: unknown, about: string) => void;
}

export interface CommitShell {
  readonly parts: CommitParts;
  /** The next sequence number of this coordinator (R31). */
  nextSequence(): Promise<number>;
  /** Runs a command that begins a transaction, then carries it through. */
  begin<Result extends { readonly step: StepResult | null }>(
    transaction: string,
    command: Command<Result>,
  ): Promise<Result>;
  /** Handles messages of another bank; the replies are durable when this resolves (R6–R10). */
  receive(from: string, messages: readonly WireMessage[]): Promise<(WireMessage | null)[]>;
  /** Applies what two persons decided without the consortium (R32). */
  decideHeuristically(transaction: string, outcome: "commit" | "abort"): Promise<void>;
  /** Re-creates or completes one transaction from its proof, after a restore (R48). */
  restore(from: string, transaction: RecoveredTransaction): Promise<void>;
  /** Resolves when the decision is known here, or after `ms`. */
  waitForDecision(transaction: string, ms: number): Promise<void>;
  /** Votes that this process has gathered for an undecided transaction. */
  votesOf(transaction: string): ReadonlyMap<string, "yes" | "no">;
  start(): void;
  stop(): Promise<void>;
}

/**
 * The protocol's shell: durable steps through the posting engine, messages only after their
 * batch committed, answers turned into further steps. Every `if` about the protocol is in
 * packages/atomic-commit.
 */
export function createCommitShell(options: CommitShellOptions): CommitShell {
  const { bank, engine, crashPoint } = options;
  const parts: CommitParts = { bank, signer: options.signer, caps: options.caps };
  const gatherings = createGatherings();
  const waiters = createWaiters();
  const sequence = createSequence(options.recoveryPool);
  const dispatcher = createDispatcher(options.recoveryPool, wake, (error) =>
    options.onError(error, "looking for due transactions"),
  );
  const running = new Set<Promise<void>>();

  /** Work that nobody waits for; its failures are reported and mended by the dispatcher. */
  function inBackground(work: Promise<unknown>, about: string): void {
    const done = work.then(
      () => undefined,
      (error: unknown) => options.onError(error, about),
    );
    const tracked = done.finally(() => running.delete(tracked));
    running.add(tracked);
  }

  function dispatch(result: StepResult): void {
    for (const envelope of result.sends) {
      inBackground(deliver(envelope), `${envelope.message.kind} to ${envelope.to}`);
    }
  }

  async function deliver(envelope: WireEnvelope): Promise<void> {
    const { to, message } = envelope;
    if (to === bank) {
      const [reply] = await receive(bank, [message]);
      if (reply) await absorb(message, reply, bank);
      return;
    }
    await crashPoint(`send:${message.kind}`, headOf(message).transaction);
    const reply = await options.transport(envelope);
    if (reply === undefined || !(await isAuthentic(to, reply))) return;
    await crashPoint(`answered:${message.kind}`, headOf(message).transaction);
    await absorb(message, reply, to);
  }

  /** Lies are not acted on, but kept: they can be proven to their sender. */
  async function isAuthentic(from: string, message: WireMessage): Promise<boolean> {
    if (from === bank || options.isAuthentic(message)) return true;
    await engine.run(evidenceCommand(parts, from, message));
    return false;
  }

  /** What an answer to our own message leads to; answers are messages like any other (R17). */
  async function absorb(sent: WireMessage, reply: WireMessage, from: string): Promise<void> {
    const { transaction, coordinator } = headOf(sent);
    if (transaction !== headOf(reply).transaction) return;
    switch (reply.kind) {
      case "vote":
        if (sent.kind === "prepare" && reply.vote.bank === from) {
          gatherings.of(transaction).votes.set(from, reply.vote);
          await decideWhenGathered(sent.descriptor);
        }
        return;
      case "ack":
        if (coordinator === bank) await coordinate(transaction, { kind: "ack", from: [from] });
        return;
      case "answer":
      case "decision":
        await learn(transaction, coordinator, reply, from);
        return;
      case "promised":
        if (reply.promise.bank === from && "descriptor" in sent) {
          await gatherPromise(sent.descriptor, reply, from);
        }
        return;
      case "accepted":
        if (reply.accept.bank === from && "descriptor" in sent) {
          const { accepts } = gatherings.of(transaction);
          accepts.set(`${reply.accept.ballot}/${from}`, reply.accept);
          if (accepts.size >= majorityOf(sent.descriptor)) {
            await propose(sent.descriptor, { kind: "accepted", accepts: [...accepts.values()] });
          }
        }
        return;
      case "outbid":
        if ("descriptor" in sent) {
          await propose(sent.descriptor, { kind: "outbid", promised: reply.promised });
        }
        return;
      default:
        return;
    }
  }

  async function decideWhenGathered(descriptor: Descriptor<Work>): Promise<void> {
    const { id: transaction } = descriptor;
    const votes = [...gatherings.of(transaction).votes.values()];
    const isComplete = votes.length >= participantsOf(descriptor).length;
    if (!isComplete && votes.every(({ vote }) => vote === "yes")) return;
    await crashPoint("coordinator:votes-gathered", transaction);
    await coordinate(transaction, { kind: "decide", votes });
  }

  async function gatherPromise(
    descriptor: Descriptor<Work>,
    reply: PromisedMessage<Proof>,
    from: string,
  ): Promise<void> {
    const { promises }: Gathering = gatherings.of(descriptor.id);
    promises.set(`${reply.promise.ballot}/${from}`, { promise: reply.promise, votes: reply.votes });
    if (promises.size < majorityOf(descriptor)) return;
    await propose(descriptor, { kind: "promised", promises: [...promises.values()] });
  }

  type Proposing = Extract<
    Parameters<typeof coordinatorCommand>[2],
    { kind: "promised" | "accepted" | "outbid" }
  >;

  /** A step of this bank's own ballot, in whichever role it proposes. */
  async function propose(descriptor: Descriptor<Work>, event: Proposing): Promise<void> {
    if (descriptor.coordinator === bank) await coordinate(descriptor.id, event);
    else await participate(descriptor.id, event);
  }

  async function learn(
    transaction: string,
    coordinator: string,
    message: Extract<WireMessage, { kind: "answer" | "decision" }>,
    from: string,
  ): Promise<void> {
    if (coordinator === bank) await coordinate(transaction, { kind: "learned", from, message });
    else if (message.kind === "answer") {
      await participate(transaction, { kind: "answer", from, message });
    } else await participate(transaction, { kind: "decision", from, message });
  }

  async function coordinate(
    transaction: string,
    event: Parameters<typeof coordinatorCommand>[2],
  ): Promise<StepResult> {
    await crashPoint(`coordinator:before-${event.kind}`, transaction);
    const result = await engine.run(coordinatorCommand(parts, transaction, event));
    await crashPoint(`coordinator:after-${event.kind}`, transaction);
    return follow(transaction, result);
  }

  async function participate(
    transaction: string,
    event: Parameters<typeof participantCommand>[2],
  ): Promise<StepResult> {
    await crashPoint(`participant:before-${event.kind}`, transaction);
    const result = await engine.run(participantCommand(parts, transaction, event));
    await crashPoint(`participant:after-${event.kind}`, transaction);
    return follow(transaction, result);
  }

  /** After the batch is durable: tell who waits, send what the step asks for. */
  function follow(transaction: string, result: StepResult): StepResult {
    if (result.sends.some(({ message }) => message.kind === "decision")) {
      gatherings.drop(transaction);
    }
    waiters.wake(transaction);
    dispatch(result);
    return result;
  }

  async function receive(
    from: string,
    messages: readonly WireMessage[],
  ): Promise<(WireMessage | null)[]> {
    return Promise.all(
      messages.map(async (message) => {
        try {
          return await receiveOne(from, message);
        } catch (error) {
          // Its sender hears nothing and asks again (R18); its neighbours have their answers.
          options.onError(error, `${message.kind} of ${headOf(message).transaction} from ${from}`);
          return null;
        }
      }),
    );
  }

  async function receiveOne(from: string, message: WireMessage): Promise<WireMessage | null> {
    if (!(await isAuthentic(from, message))) return null;
    const { transaction } = headOf(message);
    const role = roleOf(message, bank);
    if (message.kind === "promise" || message.kind === "accept") {
      await crashPoint(`witness:before-${message.kind}`, transaction);
      const event = { from, message };
      const result = await engine.run(acceptorCommand(parts, transaction, event));
      await crashPoint(`witness:after-${message.kind}`, transaction);
      return result.reply;
    }
    if (role === "coordinator") return receiveAsCoordinator(from, transaction, message);
    switch (message.kind) {
      case "prepare": {
        const event = { kind: "prepare", from, receivedAt: 0, message } as const;
        return (await participate(transaction, event)).reply;
      }
      case "decision":
        return (await participate(transaction, { kind: "decision", from, message })).reply;
      case "inquiry":
        return (await participate(transaction, { kind: "inquiry", from, message })).reply;
      default:
        return null;
    }
  }

  async function receiveAsCoordinator(
    from: string,
    transaction: string,
    message: WireMessage,
  ): Promise<WireMessage | null> {
    if (message.kind === "inquiry") {
      return (await coordinate(transaction, { kind: "inquiry", from, message })).reply;
    }
    if (message.kind === "decision") {
      return (await coordinate(transaction, { kind: "learned", from, message })).reply;
    }
    return null;
  }

  async function wake(due: Due): Promise<void> {
    try {
      if (due.role === "coordinator") await coordinate(due.id, { kind: "wake" });
      else await participate(due.id, { kind: "wake" });
    } catch (error) {
      options.onError(error, `waking ${due.id}`);
    }
  }

  return {
    parts,
    nextSequence: () => sequence.next(),
    async begin(transaction, command) {
      await crashPoint("coordinator:before-begin", transaction);
      const result = await engine.run(command);
      await crashPoint("coordinator:after-begin", transaction);
      if (result.step !== null) follow(transaction, result.step);
      return result;
    },
    receive,
    async decideHeuristically(transaction, outcome) {
      await participate(transaction, { kind: "heuristic", outcome });
    },
    async restore(from, { signed, certificate }) {
      const { descriptor } = signed;
      const claims = { kind: "inquiry", ...signed } as const;
      const outcome = { kind: "decision", ...headOf(claims), certificate } as const;
      if (!(await isAuthentic(from, claims)) || !(await isAuthentic(from, outcome))) return;
      const event = { kind: "restore", from, signed, certificate } as const;
      if (descriptor.coordinator === bank) await coordinate(descriptor.id, event);
      else await participate(descriptor.id, event);
    },
    waitForDecision: (transaction, ms) => waiters.wait(transaction, ms),
    votesOf(transaction) {
      const votes = gatherings.peek(transaction)?.votes ?? new Map();
      return new Map([...votes.values()].map(({ bank: from, vote }) => [from, vote]));
    },
    start() {
      dispatcher.start();
    },
    async stop() {
      await dispatcher.stop();
      // What ends may leave more to do: the answer to a message leads to a step of its own.
      while (running.size > 0) await Promise.all(running);
    },
  };
}
