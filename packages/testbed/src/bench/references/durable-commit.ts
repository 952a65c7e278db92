import { withClient } from "../../postgres/bank-database.ts";
import { runCallers } from "../load/callers.ts";

/**
 * How long one durable commit of this server takes, half of them at most (ms): a one-row update
 * by one session, flushed to the disk before the answer.
 */
export async function durableCommitMs(url: string, seconds: number): Promise<number> {
  return withClient(url, async (client) => {
    await client.query(
      "CREATE TABLE IF NOT EXISTS flushed (id int PRIMARY KEY, n bigint NOT NULL)",
    );
    await client.query("INSERT INTO flushed VALUES (1, 0) ON CONFLICT DO NOTHING");
    const update = { name: "flush", text: "UPDATE flushed SET n = n + 1 WHERE id = 1" };
    const load = await runCallers(() => client.query(update), { callers: 1, seconds });
    return load.p50Ms;
  });
}
