import {
  headOf,
  majorityOf,
  participantsOf,
  roleOf,
  type Descriptor,
  type PromisedMessage,
} from "@pacto/atomic-commit";
import type { Manifest, RecoveredTransaction, Work } from "@pacto/contract";
import type { Proof, SigningKey } from "@pacto/contract/signing";
import type { CrashPoint } from "../failpoints/crash-point.ts";
import type { Command } from "../ledger/engine/command.ts";
import type { PostingEngine } from "../ledger/engine/posting-engine.ts";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import type { Pool } from "../database/pools.ts";
import { createDispatcher, type Dispatcher, type Due } from "./dispatcher.ts";
import { createGatherings } from "./gathering.ts";
import { evidenceCommand } from "./keep-evidence.ts";
import {
  type CommitParts,
  partsBy,
  type RecordedAlarm,
  type StepResult,
  type WireEnvelope,
  type WireMessage,
} from "./parts.ts";
import { acceptorCommand } from "./run-acceptor.ts";
import { coordinatorCommand } from "./run-coordinator.ts";
import { participantCommand } from "./run-participant.ts";
import { createProtocolLog, type ProtocolLog } from "./protocol-log.ts";
import { createSequence } from "./sequence.ts";
import { createWaiters, type Waiting } from "./waiters.ts";

/** Takes one message to another bank; undefined means that nothing is known (R18). */
export type Transport = (envelope: WireEnvelope) => Promise<WireMessage | undefined>;

export interface ProtocolAlarm {
  readonly code: RecordedAlarm["code"];
  /** The bank whose message raised it. */
  readonly bank: string;
  readonly transaction: string;
}

export interface CommitShellOptions {
  readonly bank: string;
  readonly signer: SigningKey;
  /** Members, caps, who decides: as they are now. */
  readonly manifest: () => Manifest;
  /** Rises with every restore (R48). */
  readonly incarnation: () => number;
  readonly engine: PostingEngine;
  readonly recoveryPool: Pool;
  readonly transport: Transport;
  /** True when every signature in the message is good; checked before the core sees it. */
  readonly isAuthentic: (message: WireMessage) => boolean;
  readonly crashPoint: CrashPoint;
  readonly onError: (error: unknown, about: string) => void;
  /** Told of what cannot happen among honest, healthy banks; the evidence is durable by then. */
  readonly onAlarm: (alarm: ProtocolAlarm) => void;
}

export interface CommitShell {
  readonly parts: CommitParts;
  /** What this process saw lately, for the people who watch. */
  readonly log: ProtocolLog;
  /** True when every signature in the message is good. */
  readonly isAuthentic: (message: WireMessage) => boolean;
  /** The next sequence number of this coordinator (R31). */
  nextSequence(): Promise<number>;
  /** Runs a command that begins a transaction, then carries it through. */
  begin<Result extends { readonly step: StepResult | null }>(
    transaction: string,
    command: Command<Result>,
  ): Promise<Result>;
  /** Handles messages of another bank; the replies are durable when this resolves (R6–R10). */
  receive(from: string, messages: readonly WireMessage[]): Promise<(WireMessage | null)[]>;
  /**
   * Applies what two persons decided without the consortium (R32), with what `write` adds to the
   * same batch; false, and nothing is written, when the branch is not in doubt any more.
   */
  decideHeuristically(
    transaction: string,
    outcome: "commit" | "abort",
    write: (set: WorkingSet) => void,
  ): Promise<boolean>;
  /** Re-creates or completes one transaction from its proof, after a restore (R48). */
  restore(from: string, transaction: RecoveredTransaction): Promise<void>;
  /** Waits until this process decides the transaction, at most `ms`. */
  waitForDecision(transaction: string, ms: number): Waiting;
  /** Waits until this process sees anything of the transaction, at most `ms`. */
  waitForNews(transaction: string, ms: number): Waiting;
  /** Votes that this process has gathered for an undecided transaction. */
  votesOf(transaction: string): ReadonlyMap<string, "yes" | "no">;
  start(): void;
  stop(): Promise<void>;
}

type Proposing = Extract<
  Parameters<typeof coordinatorCommand>[2],
  { kind: "promised" | "accepted" | "outbid" }
>;

/**
 * The protocol's shell: durable steps through the posting engine, messages only after their
 * batch committed, answers turned into further steps. Every `if` about the protocol is in
 * packages/atomic-commit.
 */
export function createCommitShell(options: CommitShellOptions): CommitShell {
  return new Shell(options);
}

class Shell implements CommitShell {
  readonly parts: CommitParts;
  readonly #news = createWaiters();
  readonly log = createProtocolLog({ onNote: (transaction) => this.#news.wake(transaction) });
  readonly isAuthentic: (message: WireMessage) => boolean;
  readonly #options: CommitShellOptions;
  readonly #bank: string;
  readonly #engine: PostingEngine;
  readonly #gatherings = createGatherings();
  readonly #waiters = createWaiters();
  readonly #sequence: { next(): Promise<number> };
  readonly #dispatcher: Dispatcher;
  readonly #running = new Set<Promise<void>>();

  constructor(options: CommitShellOptions) {
    const { bank, signer, manifest, engine, recoveryPool } = options;
    this.parts = partsBy({ bank, signer, manifest });
    this.isAuthentic = options.isAuthentic;
    this.#options = options;
    this.#bank = bank;
    this.#engine = engine;
    this.#sequence = createSequence(recoveryPool, options.incarnation);
    this.#dispatcher = createDispatcher(
      recoveryPool,
      (due) => this.#wake(due),
      (error) => options.onError(error, "looking for due transactions"),
    );
  }

  start(): void {
    this.#dispatcher.start();
  }

  async stop(): Promise<void> {
    await this.#dispatcher.stop();
    // What ends may leave more to do: the answer to a message leads to a step of its own.
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  nextSequence(): Promise<number> {
    return this.#sequence.next();
  }

  waitForDecision(transaction: string, ms: number): Waiting {
    return this.#waiters.wait(transaction, ms);
  }

  waitForNews(transaction: string, ms: number): Waiting {
    return this.#news.wait(transaction, ms);
  }

  votesOf(transaction: string): ReadonlyMap<string, "yes" | "no"> {
    const votes = this.#gatherings.peek(transaction)?.votes ?? new Map();
    return new Map([...votes.values()].map(({ bank: from, vote }) => [from, vote]));
  }

  async begin<Result extends { readonly step: StepResult | null }>(
    transaction: string,
    command: Command<Result>,
  ): Promise<Result> {
    await this.#options.crashPoint("coordinator:before-begin", transaction);
    const result = await this.#engine.run(command);
    await this.#options.crashPoint("coordinator:after-begin", transaction);
    if (result.step !== null) this.#follow(transaction, result.step);
    return result;
  }

  async decideHeuristically(
    transaction: string,
    outcome: "commit" | "abort",
    write: (set: WorkingSet) => void,
  ): Promise<boolean> {
    const step = participantCommand(this.parts, transaction, { kind: "heuristic", outcome });
    const result = await this.#engine.run<StepResult | null>({
      ...step,
      decide(set) {
        if (set.branches.get(transaction)?.record.state !== "prepared") return null;
        write(set);
        return step.decide(set);
      },
    });
    if (result !== null) this.#follow(transaction, result);
    return result !== null;
  }

  async restore(from: string, { signed, certificate }: RecoveredTransaction): Promise<void> {
    const { descriptor } = signed;
    const claims = { kind: "inquiry", ...signed } as const;
    const outcome = { kind: "decision", ...headOf(claims), certificate } as const;
    if (!(await this.#isAuthentic(from, claims))) return;
    if (!(await this.#isAuthentic(from, outcome))) return;
    const event = { kind: "restore", from, signed, certificate } as const;
    if (descriptor.coordinator === this.#bank) await this.#coordinate(descriptor.id, event);
    else await this.#participate(descriptor.id, event);
  }

  /** Work that nobody waits for; its failures are reported and mended by the dispatcher. */
  #inBackground(work: Promise<unknown>, about: string): void {
    const done = work.then(
      () => undefined,
      (error: unknown) => this.#options.onError(error, about),
    );
    const tracked = done.finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
  }

  #dispatch(result: StepResult): void {
    for (const envelope of result.sends) {
      this.#inBackground(this.#deliver(envelope), `${envelope.message.kind} to ${envelope.to}`);
    }
  }

  async #deliver(envelope: WireEnvelope): Promise<void> {
    const { to, message } = envelope;
    if (to === this.#bank) {
      const [reply] = await this.receive(this.#bank, [message]);
      if (reply) await this.#absorb(message, reply, this.#bank);
      return;
    }
    const { transaction } = headOf(message);
    await this.#options.crashPoint(`send:${message.kind}`, transaction);
    const since = Date.now();
    this.log.note(transaction, { kind: "sent", peer: to, message });
    const reply = await this.#options.transport(envelope);
    if (reply === undefined) {
      this.log.note(transaction, { kind: "unanswered", peer: to, message, since });
      return;
    }
    if (!(await this.#isAuthentic(to, reply))) return;
    this.log.note(transaction, { kind: "answered", peer: to, message: reply, since });
    await this.#options.crashPoint(`answered:${message.kind}`, headOf(message).transaction);
    await this.#absorb(message, reply, to);
  }

  /** Lies are not acted on, but kept: they can be proven to their sender. */
  async #isAuthentic(from: string, message: WireMessage): Promise<boolean> {
    if (from === this.#bank || this.#options.isAuthentic(message)) return true;
    await this.#engine.run(evidenceCommand(this.parts, from, message));
    const { transaction } = headOf(message);
    this.log.note(transaction, { kind: "forged", peer: from, message });
    this.#options.onAlarm({ code: "invalid-signature", bank: from, transaction });
    return false;
  }

  /** What an answer to our own message leads to; answers are messages like any other (R17). */
  async #absorb(sent: WireMessage, reply: WireMessage, from: string): Promise<void> {
    const { transaction, coordinator } = headOf(sent);
    if (transaction !== headOf(reply).transaction) return;
    switch (reply.kind) {
      case "vote":
        if (sent.kind === "prepare" && reply.vote.bank === from) {
          this.#gatherings.peek(transaction)?.votes.set(from, reply.vote);
          await this.#decideWhenGathered(sent.descriptor);
        }
        return;
      case "ack":
        if (coordinator === this.#bank) {
          await this.#coordinate(transaction, { kind: "ack", from: [from] });
        }
        return;
      case "answer":
      case "decision":
        await this.#learn(transaction, coordinator, reply, from);
        return;
      case "promised":
        if (reply.promise.bank === from && "descriptor" in sent) {
          await this.#gatherPromise(sent.descriptor, reply, from);
        }
        return;
      case "accepted":
        if (reply.accept.bank === from && "descriptor" in sent) {
          const accepts = this.#gatherings.peek(transaction)?.accepts;
          if (accepts === undefined) return;
          accepts.set(`${reply.accept.ballot}/${from}`, reply.accept);
          if (accepts.size >= majorityOf(sent.descriptor)) {
            await this.#propose(sent.descriptor, {
              kind: "accepted",
              accepts: [...accepts.values()],
            });
          }
        }
        return;
      case "outbid":
        if ("descriptor" in sent) {
          await this.#propose(sent.descriptor, { kind: "outbid", promised: reply.promised });
        }
        return;
      default:
        return;
    }
  }

  async #decideWhenGathered(descriptor: Descriptor<Work>): Promise<void> {
    const { id: transaction } = descriptor;
    const gathered = this.#gatherings.peek(transaction)?.votes;
    if (gathered === undefined) return;
    const votes = [...gathered.values()];
    const isComplete = votes.length >= participantsOf(descriptor).length;
    if (!isComplete && votes.every(({ vote }) => vote === "yes")) return;
    await this.#options.crashPoint("coordinator:votes-gathered", transaction);
    await this.#coordinate(transaction, { kind: "decide", votes });
  }

  async #gatherPromise(
    descriptor: Descriptor<Work>,
    reply: PromisedMessage<Proof>,
    from: string,
  ): Promise<void> {
    const promises = this.#gatherings.peek(descriptor.id)?.promises;
    if (promises === undefined) return;
    promises.set(`${reply.promise.ballot}/${from}`, { promise: reply.promise, votes: reply.votes });
    if (promises.size < majorityOf(descriptor)) return;
    await this.#propose(descriptor, { kind: "promised", promises: [...promises.values()] });
  }

  /** A step of this bank's own ballot, in whichever role it proposes. */
  async #propose(descriptor: Descriptor<Work>, event: Proposing): Promise<void> {
    if (descriptor.coordinator === this.#bank) await this.#coordinate(descriptor.id, event);
    else await this.#participate(descriptor.id, event);
  }

  async #learn(
    transaction: string,
    coordinator: string,
    message: Extract<WireMessage, { kind: "answer" | "decision" }>,
    from: string,
  ): Promise<void> {
    if (coordinator === this.#bank) {
      await this.#coordinate(transaction, { kind: "learned", from, message });
    } else if (message.kind === "answer") {
      await this.#participate(transaction, { kind: "answer", from, message });
    } else {
      await this.#participate(transaction, { kind: "decision", from, message });
    }
  }

  async #coordinate(
    transaction: string,
    event: Parameters<typeof coordinatorCommand>[2],
  ): Promise<StepResult> {
    await this.#options.crashPoint(`coordinator:before-${event.kind}`, transaction);
    const result = await this.#engine.run(coordinatorCommand(this.parts, transaction, event));
    await this.#options.crashPoint(`coordinator:after-${event.kind}`, transaction);
    const decided = event.kind === "wake" ? undefined : decisionIn(result);
    if (decided !== undefined) {
      await this.#options.crashPoint(`coordinator:decided-${decided}`, transaction);
    }
    return this.#follow(transaction, result);
  }

  async #participate(
    transaction: string,
    event: Parameters<typeof participantCommand>[2],
  ): Promise<StepResult> {
    await this.#options.crashPoint(`participant:before-${event.kind}`, transaction);
    const result = await this.#engine.run(participantCommand(this.parts, transaction, event));
    await this.#options.crashPoint(`participant:after-${event.kind}`, transaction);
    if (event.kind === "decision") {
      await this.#options.crashPoint(
        `participant:told-${event.message.certificate.outcome}`,
        transaction,
      );
    }
    return this.#follow(transaction, result);
  }

  /** After the batch is durable: tell who waits, send what the step asks for. */
  #follow(transaction: string, result: StepResult): StepResult {
    this.#alarm(transaction, result);
    // Opened with the questions, so that silence is known too, and closed with the decision: what
    // comes late finds nothing to join.
    const kinds = new Set(result.sends.map(({ message }) => message.kind));
    if (result.isDecided) this.#gatherings.drop(transaction);
    else if (kinds.has("prepare") || kinds.has("promise") || kinds.has("accept")) {
      this.#gatherings.of(transaction);
    }
    if (result.isDecided) this.#waiters.wake(transaction);
    this.#news.wake(transaction);
    this.#dispatch(result);
    return result;
  }

  #alarm(transaction: string, { alarm }: StepResult): void {
    if (alarm !== null) this.#options.onAlarm({ ...alarm, transaction });
  }

  async receive(from: string, messages: readonly WireMessage[]): Promise<(WireMessage | null)[]> {
    return Promise.all(
      messages.map(async (message) => {
        try {
          const since = Date.now();
          const reply = await this.#receiveOne(from, message);
          this.#noteReply(from, reply, since);
          return reply;
        } catch (error) {
          // Its sender hears nothing and asks again (R18); its neighbours have their answers.
          this.#options.onError(
            error,
            `${message.kind} of ${headOf(message).transaction} from ${from}`,
          );
          return null;
        }
      }),
    );
  }

  #noteReply(peer: string, message: WireMessage | null, since: number): void {
    if (message === null) return;
    this.log.note(headOf(message).transaction, { kind: "replied", peer, message, since });
  }

  async #receiveOne(from: string, message: WireMessage): Promise<WireMessage | null> {
    if (!(await this.#isAuthentic(from, message))) return null;
    const { transaction } = headOf(message);
    this.log.note(transaction, { kind: "received", peer: from, message });
    const role = roleOf(message, this.#bank);
    if (message.kind === "promise" || message.kind === "accept") {
      await this.#options.crashPoint(`witness:before-${message.kind}`, transaction);
      const event = { from, message };
      const result = await this.#engine.run(acceptorCommand(this.parts, transaction, event));
      await this.#options.crashPoint(`witness:after-${message.kind}`, transaction);
      this.#alarm(transaction, result);
      return result.reply;
    }
    if (role === "coordinator") return this.#receiveAsCoordinator(from, transaction, message);
    switch (message.kind) {
      case "prepare": {
        const event = { kind: "prepare", from, receivedAt: 0, message } as const;
        return (await this.#participate(transaction, event)).reply;
      }
      case "decision":
        return (await this.#participate(transaction, { kind: "decision", from, message })).reply;
      case "inquiry":
        return (await this.#participate(transaction, { kind: "inquiry", from, message })).reply;
      default:
        return null;
    }
  }

  async #receiveAsCoordinator(
    from: string,
    transaction: string,
    message: WireMessage,
  ): Promise<WireMessage | null> {
    if (message.kind === "inquiry") {
      return (await this.#coordinate(transaction, { kind: "inquiry", from, message })).reply;
    }
    if (message.kind === "decision") {
      return (await this.#coordinate(transaction, { kind: "learned", from, message })).reply;
    }
    return null;
  }

  async #wake(due: Due): Promise<void> {
    try {
      if (due.role === "coordinator") {
        const votes = this.#gatherings.peek(due.id)?.votes;
        const voted = votes && { voted: [...votes.keys()] };
        await this.#coordinate(due.id, { kind: "wake", ...voted });
      } else await this.#participate(due.id, { kind: "wake" });
    } catch (error) {
      this.#options.onError(error, `waking ${due.id}`);
    }
  }
}

/** The outcome that a step sends out. */
function decisionIn({ sends }: StepResult): "commit" | "abort" | undefined {
  for (const { message } of sends) {
    if (message.kind === "decision") return message.certificate.outcome;
  }
  return undefined;
}
