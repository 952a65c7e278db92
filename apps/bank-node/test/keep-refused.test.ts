import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKeepRefused, type RefusedRequest } from "../src/peers/keep-refused.ts";
import { startBanks, type BankInProcess, type BanksInProcess } from "./banks-in-process.ts";

let banks: BanksInProcess;
let azul: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul"]);
  azul = banks.bank("azul");
});
afterAll(() => banks.stop());

const forged: RefusedRequest = {
  refusal: "signature-invalid",
  claimedSender: "verde",
  procedure: "commit.decide",
  headers: { "pacto-message-id": "0b6f2f1e-0000-4000-8000-000000000001" },
  bytes: 120,
  address: "192.0.2.7",
  correlationId: "corr-1234",
};

function keptEvents() {
  return azul.sql<{ action: string; subject: string; address: string; details: object }>(
    `SELECT action, subject, host(address::inet) AS address, details FROM audit_event
      WHERE action LIKE 'peers.refused.%' ORDER BY subject DESC, id`,
  );
}

describe("a forged message", () => {
  it("stays in the audit, and a flood of them does not fill it", async () => {
    let nowMs = 0;
    const keep = createKeepRefused({
      pool: azul.node.bank.pools.api,
      bank: "azul",
      isMember: (id) => id === "azul" || id === "verde",
      onError: (error) => {
        throw error;
      },
      now: () => nowMs,
    });
    for (let sent = 0; sent < 100; sent += 1) keep(forged);
    for (let sent = 0; sent < 50; sent += 1) keep({ ...forged, claimedSender: `roxo${sent}` });
    await expect.poll(async () => (await keptEvents()).length).toBe(2);
    nowMs = 60_000;
    keep({ ...forged, bytes: 121 });
    await expect.poll(async () => (await keptEvents()).length).toBe(3);
    expect(await keptEvents()).toMatchObject([
      {
        action: "peers.refused.signature-invalid",
        subject: "verde",
        address: "192.0.2.7",
        details: { procedure: "commit.decide", bytes: 120, alsoRefused: 0 },
      },
      { subject: "verde", details: { bytes: 121, alsoRefused: 99 } },
      { subject: "unknown", details: { claimedSender: "roxo0" } },
    ]);
  });
});
