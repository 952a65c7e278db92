import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LabPlan, LinkState } from "@pacto/contract";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { PLAN_KEPT_MS, readLab } from "./read-lab.ts";

let file: string;
beforeEach(() => {
  const folder = mkdtempSync(path.join(tmpdir(), "pacto-lab-"));
  file = path.join(folder, "lab.json");
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

async function write(plan: LabPlan): Promise<void> {
  writeFileSync(file, JSON.stringify(plan));
  await sleep(PLAN_KEPT_MS);
}

/** How often a request left, and what its sender had of it. */
async function send(link: LinkState): Promise<{ sent: number; got: string }> {
  await write({ failpoint: null, links: { verde: link } });
  let sent = 0;
  const got = await readLab(file).passage({
    bank: "verde",
    timeoutMs: 30,
    send: () => {
      sent += 1;
      return Promise.resolve("answer");
    },
    lost: "nothing",
  });
  return { sent, got };
}

it("lets requests pass, loses them, loses their answers, delays and repeats them", async () => {
  expect(await send("fine")).toEqual({ sent: 1, got: "answer" });
  expect(await send("cut")).toEqual({ sent: 0, got: "nothing" });
  expect(await send("deaf")).toEqual({ sent: 1, got: "nothing" });
  expect(await send("twice")).toEqual({ sent: 2, got: "answer" });
  // Later than the sender waits for.
  expect(await send("slow")).toEqual({ sent: 0, got: "nothing" });
});

it("leaves the links to other banks alone, and everything while there is no plan", async () => {
  const journey = {
    bank: "coral",
    timeoutMs: 30,
    send: () => Promise.resolve("answer"),
    lost: "nothing",
  };
  expect(await readLab(file).passage(journey)).toBe("answer");
  await write({ failpoint: null, links: { verde: "cut" } });
  expect(await readLab(file).passage(journey)).toBe("answer");
});
