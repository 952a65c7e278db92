import type { Writable } from "node:stream";
import type { Pool, PoolClient, QueryResult, QueryResultRow } from "pg";

/** Where batches are posted. */
export interface EngineDatabase {
  readonly pool: Pool;
  /** The statement that opens a batch's transaction. */
  readonly begin: string;
}

/** One statement of a batch. Named, so that small batches have cached plans too. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values?: unknown[];
}

/** The connection of one batch, which counts what is sent over it. */
export class Session {
  readonly #client: PoolClient;
  readonly #begin: string;
  #sent = 0;

  constructor(client: PoolClient, begin: string) {
    this.#client = client;
    this.#begin = begin;
  }

  get sent(): number {
    return this.#sent;
  }

  begin(): Promise<unknown> {
    return this.query(this.#begin);
  }

  /** Statements that `send` gives at once leave in one packet, not in one each. */
  together<T>(send: () => T): T {
    // The driver's own stream, which its types keep to themselves.
    const { connection } = this.#client as PoolClient & {
      readonly connection?: { readonly stream?: Writable };
    };
    const stream = connection?.stream;
    stream?.cork();
    try {
      return send();
    } finally {
      stream?.uncork();
    }
  }

  query<Row extends QueryResultRow>(statement: Statement | string): Promise<QueryResult<Row>> {
    this.#sent += 1;
    return this.#client.query<Row>(statement);
  }
}
