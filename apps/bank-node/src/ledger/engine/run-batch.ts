import type { Pool, PoolClient } from "pg";
import {
  isLostConnection,
  isRetryable,
  isShortOfResources,
  sqlStateOf,
} from "../../database/conflicts.ts";
import type { Command } from "./command.ts";
import { fetchWorkingSet } from "./fetch.ts";
import { type EngineDatabase, Session } from "./session.ts";
import type { WorkingSet } from "./working-set.ts";
import { writeAndCommit } from "./write.ts";

const UNIQUE_VIOLATION = "23505";

/**
 * What stands in the way of a batch, none of it the commands' fault. `conflict`: others at the
 * same time, or a server short of something. `taken-key`: another replica wrote that key first.
 * `unreachable`: no connection, so nothing was sent. `lost`: the connection broke, and nobody
 * knows yet whether the batch was committed (P7). Only after `lost` may it have been.
 */
export type Obstacle = "conflict" | "taken-key" | "unreachable" | "lost";

/**
 * The batch may be run again as it is. Since commands answer by their keys, running it again is
 * also how the outcome of a lost COMMIT is read (P7).
 */
export class BatchRefused extends Error {
  override readonly name = "BatchRefused";
  readonly obstacle: Obstacle;

  constructor(obstacle: Obstacle, cause: unknown) {
    super(`the batch did not commit: ${obstacle}`, { cause });
    this.obstacle = obstacle;
  }
}

export interface BatchResult {
  readonly results: unknown[];
  /** How many statements it took: a constant, whatever the number of commands. */
  readonly statements: number;
}

/** One database transaction: lock and fetch, decide every command in order, write, commit. */
export async function runBatch(
  { pool, begin }: EngineDatabase,
  commands: readonly Command<unknown>[],
  onIncarnation?: (incarnation: number) => void,
): Promise<BatchResult> {
  const client = await connect(pool);
  const session = new Session(client, begin);
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  try {
    const set = await fetchWorkingSet(session, commands);
    onIncarnation?.(set.incarnation);
    const results = decideAll(set, commands);
    await writeAndCommit(session, set);
    return { results, statements: session.sent };
  } catch (error) {
    if (!(await rolledBack(client))) broken ??= new Error("rollback failed");
    const obstacle = obstacleOf(error);
    throw obstacle === undefined ? error : new BatchRefused(obstacle, error);
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    const obstacle = obstacleOf(error) === "conflict" ? "conflict" : "unreachable";
    throw new BatchRefused(obstacle, error);
  }
}

function decideAll(set: WorkingSet, commands: readonly Command<unknown>[]): unknown[] {
  const results = commands.map((command) => command.decide(set));
  set.finish();
  return results;
}

function obstacleOf(error: unknown): Obstacle | undefined {
  const sqlState = sqlStateOf(error);
  if (isLostConnection(error)) return "lost";
  if (isRetryable(error) || isShortOfResources(error)) return "conflict";
  return sqlState === UNIQUE_VIOLATION ? "taken-key" : undefined;
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query("ROLLBACK");
    return true;
  } catch {
    return false;
  }
}
