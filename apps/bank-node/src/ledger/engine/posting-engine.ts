import { setTimeout as sleep } from "node:timers/promises";
import { BatchRefused, runBatch, type Obstacle } from "./run-batch.ts";
import { priorities, type Command, type Priority } from "./command.ts";
import type { EngineDatabase } from "./session.ts";

/** Commands of one batch: about 2 ms of deciding, so that one batch never starves the event loop. */
const BATCH_MAX = 512;
/** Past this the node refuses new work instead of letting everybody wait. */
const QUEUE_MAX = 8_192;
/**
 * How long a batch is run again. By time, not by attempts: refused connections burn a dozen in a
 * second, and a server that recovers from a crash takes several (lesson 35).
 */
const RETRY_BUDGET_MS: Record<Obstacle, number> = {
  conflict: 5_000,
  // Another replica's key is there at the next attempt; one that never shows is a defect.
  "taken-key": 1_000,
  unreachable: 5_000,
  lost: 10_000,
};
const BACKOFF_BASE_MS = 4;
const BACKOFF_CAP_MS = 500;

/** Too much work at once, here or in the database: nothing was done, try again later. */
export class EngineOverloaded extends Error {
  override readonly name = "EngineOverloaded";
}

/** The database does not answer: nothing was done. */
export class DatabaseUnreachable extends Error {
  override readonly name = "DatabaseUnreachable";
}

/** The database did not say within the budget whether the work was committed (P7). */
export class OutcomeUnknown extends Error {
  override readonly name = "OutcomeUnknown";
}

interface Waiting {
  readonly command: Command<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface EngineCounters {
  batches: number;
  commands: number;
  statements: number;
  retries: number;
  largestBatch: number;
}

export interface PostingEngine {
  /**
   * Runs a command in the next batch; resolves after its COMMIT.
   * Rejects with EngineOverloaded or DatabaseUnreachable (nothing done), OutcomeUnknown (ask
   * again by key), or the command's own programming error.
   */
  run<Result>(command: Command<Result>): Promise<Result>;
  readonly counters: Readonly<EngineCounters>;
  /** Commands that wait for the next batch. */
  readonly queued: number;
  /** Resolves when everything queued so far is done; later commands are refused. */
  stop(): Promise<void>;
}

/**
 * Group commit without a timer: commands queue while a batch is in flight, and the next batch
 * takes all that is queued, so a lone command waits for nobody and a crowd shares one flush. Each
 * batch tells the bank's incarnation as the database has it.
 */
export function createPostingEngine(
  database: EngineDatabase,
  onIncarnation?: (incarnation: number) => void,
): PostingEngine {
  const queues: Record<Priority, Waiting[]> = { settle: [], promise: [], begin: [] };
  const counters = { batches: 0, commands: 0, statements: 0, retries: 0, largestBatch: 0 };
  let queued = 0;
  let running: Promise<void> | undefined;
  let stopped = false;

  function take(): Waiting[] {
    const batch: Waiting[] = [];
    for (const priority of priorities) {
      batch.push(...queues[priority].splice(0, BATCH_MAX - batch.length));
    }
    queued -= batch.length;
    return batch;
  }

  async function drain(): Promise<void> {
    while (queued > 0) await process(take());
    // In the same tick as the check above: a command that arrives later starts a new drain.
    running = undefined;
  }

  async function process(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await runWithRetries(
        database,
        batch.map((waiting) => waiting.command),
        counters,
        onIncarnation,
      );
      batch.forEach((waiting, at) => waiting.resolve(results[at]));
    } catch (error) {
      if (batch.length === 1 || isNoFaultOfCommands(error)) {
        for (const waiting of batch) waiting.reject(error);
        return;
      }
      // One command broke the batch: halves find it, and its neighbours do not suffer for it.
      const middle = Math.ceil(batch.length / 2);
      await process(batch.slice(0, middle));
      await process(batch.slice(middle));
    }
  }

  return {
    counters,
    get queued() {
      return queued;
    },
    run<Result>(command: Command<Result>) {
      if (stopped) return Promise.reject(new EngineOverloaded("the engine is stopping"));
      // Work that finishes open transactions is always taken: it is what ends an overload.
      if (queued >= QUEUE_MAX && command.priority !== "settle") {
        return Promise.reject(new EngineOverloaded(`${queued} commands are waiting`));
      }
      return new Promise<Result>((resolve, reject) => {
        queues[command.priority].push({
          command,
          resolve: (result) => resolve(result as Result),
          reject,
        });
        queued += 1;
        running ??= drain();
      });
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}

function isNoFaultOfCommands(error: unknown): boolean {
  return (
    error instanceof OutcomeUnknown ||
    error instanceof EngineOverloaded ||
    error instanceof DatabaseUnreachable
  );
}

/** Runs the batch again after conflicts and lost connections: every command answers by its key. */
async function runWithRetries(
  database: EngineDatabase,
  commands: readonly Command<unknown>[],
  counters: EngineCounters,
  onIncarnation?: (incarnation: number) => void,
): Promise<unknown[]> {
  const startedAt = performance.now();
  let mayBeCommitted = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { results, statements } = await runBatch(database, commands, onIncarnation);
      counters.batches += 1;
      counters.commands += commands.length;
      counters.statements += statements;
      counters.largestBatch = Math.max(counters.largestBatch, commands.length);
      return results;
    } catch (error) {
      if (!(error instanceof BatchRefused)) throw error;
      mayBeCommitted ||= error.obstacle === "lost";
      if (performance.now() - startedAt >= RETRY_BUDGET_MS[error.obstacle]) {
        throw givenUp(error, mayBeCommitted);
      }
      counters.retries += 1;
      const bound = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** attempt);
      await sleep(Math.random() * bound);
    }
  }
}

function givenUp({ obstacle, cause }: BatchRefused, mayBeCommitted: boolean): unknown {
  if (mayBeCommitted) return new OutcomeUnknown("the database does not tell", { cause });
  if (obstacle === "unreachable") return new DatabaseUnreachable("no connection", { cause });
  // A key that is taken for ever is a defect of one command, which the halves will find.
  if (obstacle === "taken-key") return cause;
  return new EngineOverloaded("the database could not finish the batch in time", { cause });
}
