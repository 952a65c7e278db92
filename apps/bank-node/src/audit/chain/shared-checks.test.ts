import { expect, test } from "vitest";
import type { Bank } from "../../context.ts";
import { shareCheck } from "./shared-checks.ts";

test("a block is computed once for all watchers of a round, and anew for one that asks again", async () => {
  const bank = { id: "azul" } as Bank;
  let computed = 0;
  const ask = (watcher: string) =>
    shareCheck(bank, { number: 7, watcher }, async () => {
      computed += 1;
      return { number: 7, root: `root ${computed}`, faults: [] };
    });
  expect(await ask("verde")).toMatchObject({ root: "root 1" });
  expect(await ask("coral")).toMatchObject({ root: "root 1" });
  expect(await ask("verde")).toMatchObject({ root: "root 2" });
  expect(await ask("coral")).toMatchObject({ root: "root 2" });
  expect(computed).toBe(2);
});

test("a block that could not be computed for one watcher is computed for the next", async () => {
  const bank = { id: "azul" } as Bank;
  const ask = (watcher: string, compute: () => Promise<{ root: string }>) =>
    shareCheck(bank, { number: 7, watcher }, async () => ({
      number: 7,
      faults: [],
      ...(await compute()),
    }));
  await expect(ask("verde", () => Promise.reject(new Error("no connection")))).rejects.toThrow(
    "no connection",
  );
  expect(await ask("coral", async () => ({ root: "root" }))).toMatchObject({ root: "root" });
});
