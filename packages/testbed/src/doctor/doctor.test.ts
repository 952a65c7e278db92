import { expect, describe, it } from "vitest";
import { type DatabaseFacts, examineDatabase, judgeDatabase } from "./examine-database.ts";
import { judgeMachine } from "./examine-machine.ts";

const GIBIBYTE = 1024 ** 3;

describe("the doctor", () => {
  it("names what a machine lacks", () => {
    const roomy = {
      node: "24.1.0",
      totalBytes: 8 * GIBIBYTE,
      freeBytes: 4 * GIBIBYTE,
      diskBytes: 50 * GIBIBYTE,
      filesMax: 65_536,
    };
    expect(judgeMachine(roomy).every(({ level }) => level === "good")).toBe(true);
    const poor = judgeMachine({ ...roomy, node: "20.18.9", diskBytes: 1, filesMax: 1_024 });
    expect(poor.filter(({ level }) => level !== "good").map(({ code }) => code)).toEqual([
      "node-old",
      "disk-short",
      "files-few",
    ]);
  });

  it("names what a database lacks, and nothing where it lacks nothing", () => {
    const facts: DatabaseFacts = {
      settings: {
        fsync: "on",
        full_page_writes: "on",
        synchronous_commit: "on",
        data_checksums: "on",
        max_connections: "100",
        server_version: "18.4",
      },
      migrations: ["one", "two"],
      mayCreate: false,
      oldestTransactionSeconds: 1,
      preparedTransactions: 0,
      sessions: 20,
    };
    const codes = (changed: Partial<DatabaseFacts>) =>
      judgeDatabase("azul", { ...facts, ...changed }, ["one", "two"]).map(({ code }) => code);
    expect(codes({})).toEqual(["database-good"]);
    expect(codes({ settings: { ...facts.settings, fsync: "off" } })).toEqual(["database-unsafe"]);
    expect(codes({ migrations: ["one"] })).toEqual(["schema-behind"]);
    expect(codes({ mayCreate: true })).toEqual(["role-mighty"]);
    expect(codes({ oldestTransactionSeconds: 61 })).toEqual(["transaction-old"]);
    expect(codes({ preparedTransactions: 1 })).toEqual(["prepared-left"]);
    expect(codes({ sessions: 81 })).toEqual(["sessions-many"]);
  });

  it("says that a database does not answer, and never throws for it", async () => {
    const [finding] = await examineDatabase("azul", "postgres://nobody@127.0.0.1:1/none");
    expect(finding).toMatchObject({ level: "fault", code: "database-unreachable" });
  });
});
