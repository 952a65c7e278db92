import type pg from "pg";
import { isLostConnection, sqlStateOf } from "./conflicts.ts";
import { LostTransaction } from "./lost-transaction.ts";

/** An open database transaction: it takes statements and nothing else. */
export type Tx = Pick<pg.ClientBase, "query">;

/**
 * SQLSTATE classes that a COMMIT can answer with only after rolling back: deferred constraints and
 * triggers, serialization. (The severity would tell too, but the server translates it.)
 */
const ROLLED_BACK_CLASSES = new Set(["22", "23", "27", "40", "42", "44", "55", "P0"]);

/**
 * Runs `work` in one database transaction (read committed, limits of P9) and commits it.
 * Nothing may be sent to anybody from inside `work` (R10).
 * @throws LostTransaction when the connection broke; its phase tells whether the outcome is known
 * @throws whatever `work` throws, after a rollback
 */
export async function withTransaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await connect(pool);
  let broken: Error | undefined;
  // A connection that breaks between two statements reports here, not to any query.
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  let isLost = false;
  try {
    const result = await runWork(client, work);
    await commit(client);
    return result;
  } catch (error) {
    isLost = error instanceof LostTransaction || broken !== undefined;
    if (!isLost) isLost = !(await rollback(client));
    if (broken !== undefined && !(error instanceof LostTransaction)) {
      throw new LostTransaction("work", error);
    }
    throw error;
  } finally {
    client.off("error", onError);
    client.release(isLost);
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    if (isLostConnection(error)) throw new LostTransaction("connect", error);
    throw error;
  }
}

async function runWork<T>(client: pg.PoolClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    await client.query("begin");
    return await work(client);
  } catch (error) {
    if (isLostConnection(error)) throw new LostTransaction("work", error);
    throw error;
  }
}

/** A refusal by the rules is a rollback; a shutdown, a cancel or a dead socket tells nothing. */
async function commit(client: pg.PoolClient): Promise<void> {
  let result: pg.QueryResult;
  try {
    result = await client.query("commit");
  } catch (error) {
    if (ROLLED_BACK_CLASSES.has(sqlStateOf(error)?.slice(0, 2) ?? "")) throw error;
    throw new LostTransaction("commit", error);
  }
  // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error.
  if (result.command !== "COMMIT") {
    throw new Error("The transaction had failed before COMMIT: an error inside it was swallowed.");
  }
}

async function rollback(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query("rollback");
    return true;
  } catch {
    return false;
  }
}
