import pg from "pg";

/** Where one bank's books lie. */
export interface BooksAddress {
  readonly bank: string;
  readonly url: string;
}

/** One bank's database as one snapshot shows it: nothing that commits later is seen. */
export interface Books {
  readonly bank: string;
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The same, in chunks, for what does not fit in memory. */
  stream<Row>(sql: string): AsyncGenerator<Row>;
}

/** The consortium's books: a snapshot of each bank, and a way to look again later. */
export interface ConsortiumBooks {
  readonly banks: readonly Books[];
  /** Reads a bank as it is now: for what one snapshot shows and an earlier one cannot (P14). */
  readNow<Row>(bank: string, sql: string, values: readonly unknown[]): Promise<Row[]>;
}

/** A bank's database that does not answer: its laws are unknown, not kept. */
export class BooksUnreachable extends Error {
  override readonly name = "BooksUnreachable";
  readonly bank: string;

  constructor(bank: string, cause: unknown) {
    super(`The database of bank ${bank} does not answer`, { cause });
    this.bank = bank;
  }
}

const CHUNK = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Opens one read-only snapshot per bank, as near to the same moment as separate databases allow,
 * and closes them at the end.
 * @throws BooksUnreachable when a database does not answer
 */
export async function withBooks<Result>(
  databases: readonly BooksAddress[],
  use: (books: ConsortiumBooks) => Promise<Result>,
): Promise<Result> {
  const clients = new Map<string, pg.Client>();
  try {
    await Promise.all(
      databases.map(async ({ bank, url }) => clients.set(bank, await connect(bank, url))),
    );
    await Promise.all([...clients.values()].map(openSnapshot));
    const urls = new Map(databases.map(({ bank, url }) => [bank, url]));
    return await use({
      banks: databases.map(({ bank }) => booksOf(bank, found(clients, bank))),
      readNow: (bank, sql, values) => readNow(bank, found(urls, bank), sql, values),
    });
  } finally {
    await Promise.allSettled([...clients.values()].map((client) => client.end()));
  }
}

async function connect(bank: string, url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "pacto check",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: { getTypeParser: parserOf },
  });
  // A connection that ends later is reported by the query that notices it.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    throw new BooksUnreachable(bank, cause);
  }
}

async function openSnapshot(client: pg.Client): Promise<void> {
  await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
  // An audit may take longer than a node's own statements may.
  await client.query("SET LOCAL statement_timeout = 0");
  await client.query("SET LOCAL idle_in_transaction_session_timeout = 0");
  // The first read takes the snapshot, not BEGIN.
  await client.query("SELECT 1 FROM bank_state");
}

function booksOf(bank: string, client: pg.Client): Books {
  let cursors = 0;
  return {
    bank,
    rows: (sql, values = []) => rowsOf(client, sql, values),
    async *stream<Row>(sql: string) {
      cursors += 1;
      const cursor = `pacto_${cursors}`;
      await client.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`);
      for (;;) {
        const chunk = await rowsOf<Row>(client, `FETCH ${CHUNK} FROM ${cursor}`, []);
        yield* chunk;
        if (chunk.length < CHUNK) break;
      }
      await client.query(`CLOSE ${cursor}`);
    },
  };
}

async function readNow<Row>(
  bank: string,
  url: string,
  sql: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const client = await connect(bank, url);
  try {
    return await rowsOf<Row>(client, sql, values);
  } finally {
    await client.end();
  }
}

async function rowsOf<Row>(
  client: pg.Client,
  sql: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const result = await client.query(sql, [...values]);
  return result.rows as Row[];
}

// Money, versions and counts are whole numbers that may pass 2^53 where a law is broken.
const INT8 = 20;
const NUMERIC = 1700;

function parserOf(oid: number, format?: "text" | "binary"): (value: string) => unknown {
  if (oid === INT8 || oid === NUMERIC) return BigInt;
  return pg.types.getTypeParser(oid, format ?? "text") as (value: string) => unknown;
}

function found<Value>(map: ReadonlyMap<string, Value>, bank: string): Value {
  const value = map.get(bank);
  if (value === undefined) throw new Error(`Bank ${bank} is not among those read`);
  return value;
}
