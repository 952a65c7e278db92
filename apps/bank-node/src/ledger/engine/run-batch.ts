import type { Pool, PoolClient } from "pg";
import { isLostConnection, isRetryable, sqlStateOf } from "../../database/conflicts.ts";
import type { Command } from "./command.ts";
import { fetchWorkingSet } from "./fetch.ts";
import type { WorkingSet } from "./working-set.ts";
import { writeAndCommit } from "./write.ts";

const UNIQUE_VIOLATION = "23505";
/** BEGIN, clock, and the fetches that the batch needed. */
const STATEMENTS_BEFORE_WRITES = 8;

/**
 * The batch may be run again as it is: a conflict, a key that another replica wrote first, or a
 * connection lost at any point, COMMIT included. Since commands answer by their keys, running the
 * batch again is also how the outcome of a lost COMMIT is read (P7).
 */
export class BatchRefused extends Error {
  override readonly name = "BatchRefused";
}

export interface BatchResult {
  readonly results: unknown[];
  /** How many statements it took: a constant, whatever the number of commands. */
  readonly statements: number;
}

/** One database transaction: lock and fetch, decide every command in order, write, commit. */
export async function runBatch(
  pool: Pool,
  commands: readonly Command<unknown>[],
): Promise<BatchResult> {
  let client: PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    throw classified(error);
  }
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  try {
    const set = await fetchWorkingSet(client, commands);
    const results = decideAll(set, commands);
    const written = await writeAndCommit(client, set);
    return { results, statements: STATEMENTS_BEFORE_WRITES + written };
  } catch (error) {
    if (!(await rolledBack(client))) broken ??= new Error("rollback failed");
    throw classified(error);
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}

function decideAll(set: WorkingSet, commands: readonly Command<unknown>[]): unknown[] {
  const results = commands.map((command) => command.decide(set));
  set.finish();
  return results;
}

function classified(error: unknown): unknown {
  const isRepeatable =
    isRetryable(error) || isLostConnection(error) || sqlStateOf(error) === UNIQUE_VIOLATION;
  return isRepeatable ? new BatchRefused("the batch did not commit", { cause: error }) : error;
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query("ROLLBACK");
    return true;
  } catch {
    return false;
  }
}
