import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { runCallers } from "../load/callers.ts";

const SETUP = `
  CREATE TABLE account (id bigint PRIMARY KEY, ledger bigint NOT NULL, version bigint NOT NULL)
    WITH (fillfactor = 70);
  CREATE TABLE entry (
    account_id bigint NOT NULL, version bigint NOT NULL, transfer uuid NOT NULL,
    amount bigint NOT NULL, balance_after bigint NOT NULL, PRIMARY KEY (account_id, version));`;

const POST = {
  name: "post",
  text: `WITH changed AS (
    UPDATE account SET ledger = ledger + $2, version = version + 1
     WHERE id = $1 RETURNING id, version, ledger)
    INSERT INTO entry SELECT id, version, $3, $2, ledger FROM changed`,
};

/** Two-phase commit as PostgreSQL offers it, over one database for each bank of a transfer. */
export interface PreparedCommit {
  /** Transfers per second that are committed everywhere. */
  round(options: { readonly workers: number; readonly seconds: number }): Promise<number>;
  close(): Promise<void>;
}

/**
 * Needs empty databases of a server with `max_prepared_transactions` above the workers. All but the
 * last database are debited and the last is credited, one entry each, by PREPARE TRANSACTION in all
 * of them at once and then COMMIT PREPARED in all of them at once. Nothing writes down what was
 * decided in between: that favours the reference.
 */
export async function openPreparedCommit(
  urls: readonly string[],
  accounts: number,
  workersMax: number,
): Promise<PreparedCommit> {
  const fill = "INSERT INTO account SELECT n, 0, 0 FROM generate_series(1, $1::bigint) n";
  const sessions = await Promise.all(
    urls.map(async (url) => {
      // A transfer's statements leave together, as ours do.
      const options = { connectionString: url, pipeline: true };
      const clients = Array.from({ length: workersMax }, () => new Client(options));
      await Promise.all(clients.map((client) => client.connect()));
      await clients[0]?.query(SETUP);
      await clients[0]?.query(fill, [accounts]);
      return clients;
    }),
  );
  const share = Math.floor(accounts / workersMax);
  const transfer = async (worker: number) => {
    const id = randomUUID();
    const everywhere = sessions.map((clients, at) => ({ client: clients[worker] as Client, at }));
    await Promise.all(
      everywhere.map(async ({ client, at }) => {
        const amount = at === urls.length - 1 ? 100 * (urls.length - 1) : -100;
        // Accounts of its own: two workers that wait for one another in different databases would do
        // so for ever, and no server sees it.
        const account = 1 + worker + workersMax * Math.floor(Math.random() * share);
        await Promise.all([
          client.query("BEGIN"),
          client.query({ ...POST, values: [account, amount, id] }),
          client.query(`PREPARE TRANSACTION '${id}-${at}'`),
        ]);
      }),
    );
    await Promise.all(
      everywhere.map(({ client, at }) => client.query(`COMMIT PREPARED '${id}-${at}'`)),
    );
  };
  return {
    async round({ workers, seconds }) {
      const free = Array.from({ length: workers }, (_, worker) => worker);
      const load = await runCallers(
        async () => {
          const worker = free.pop() ?? 0;
          await transfer(worker);
          free.push(worker);
        },
        { callers: workers, seconds },
      );
      return load.perSecond;
    },
    async close() {
      await Promise.all(sessions.flat().map((client) => client.end()));
    },
  };
}
