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
