import { describe, expect, it } from "vitest";
import { demandBounds, judgeServer, UnsafeDatabase } from "./guard.ts";

const safe = {
  server_version_num: "180004",
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  data_checksums: "on",
  standby: "false",
};
const judge = (changes: Partial<typeof safe>) =>
  judgeServer(new Map(Object.entries({ ...safe, ...changes })));

describe("guarding the database's durability", () => {
  it("accepts a server that keeps what it acknowledges", () => {
    expect(judge({})).toEqual({ version: 180_004, checksums: true });
    expect(judge({ synchronous_commit: "remote_apply" }).version).toBe(180_004);
    expect(judge({ data_checksums: "off" }).checksums).toBe(false);
  });

  it.each(["fsync", "full_page_writes", "synchronous_commit"] as const)(
    "refuses %s = off and says how to turn it on (R11)",
    (setting) => {
      const refused = () => judge({ [setting]: "off" });
      expect(refused).toThrow(UnsafeDatabase);
      expect(refused).toThrow(`ALTER SYSTEM SET ${setting} = on`);
    },
  );

  it("refuses a standby and an old server", () => {
    expect(() => judge({ standby: "true" })).toThrow(/primary/);
    expect(() => judge({ server_version_num: "140012" })).toThrow(/14 is too old/);
    expect(() => judgeServer(new Map())).toThrow(UnsafeDatabase);
  });

  it("refuses a pooler's sessions that have no bounds, and names those that are missing", () => {
    const bounds = { statement_timeout: "2000", lock_timeout: "500" };
    const idle = { idle_in_transaction_session_timeout: "2000" };
    const demand = (settings: object) => () => demandBounds(new Map(Object.entries(settings)));
    expect(demand({ ...bounds, ...idle })).not.toThrow();
    expect(demand(bounds)).toThrow("no idle_in_transaction_session_timeout:");
    expect(demand({ ...bounds, ...idle, lock_timeout: "0" })).toThrow("no lock_timeout:");
  });
});
