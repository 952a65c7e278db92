import type { PoolClient, QueryResult, QueryResultRow } from "pg";

/** One statement of a batch. Named, so that small batches have cached plans too. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values?: unknown[];
}

/** The connection of one batch, which counts what is sent over it. */
export class Session {
  readonly #client: PoolClient;
  #sent = 0;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  get sent(): number {
    return this.#sent;
  }

  query<Row extends QueryResultRow>(statement: Statement | string): Promise<QueryResult<Row>> {
    this.#sent += 1;
    return this.#client.query<Row>(statement);
  }
}
