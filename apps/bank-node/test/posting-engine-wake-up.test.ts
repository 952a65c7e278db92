import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Command } from "../src/ledger/engine/command.ts";
import { startBanks, type BanksInProcess } from "./banks-in-process.ts";

let banks: BanksInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul"]);
});
afterAll(() => banks.stop());

const command: Command<number> = {
  name: "nothing",
  priority: "begin",
  accounts: () => [],
  decide: () => 1,
};

describe("the posting engine", () => {
  it.each(Array.from({ length: 12 }, (_, ticks) => ticks))(
    "takes a command that arrives %i microtasks after the last answer",
    async (ticks) => {
      const { engine } = banks.bank("azul").node.bank;
      await engine.run(command);
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      expect(await engine.run(command)).toBe(1);
    },
    2_000,
  );
});
