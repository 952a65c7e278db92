import type { AuditExportBlock, AuditHead } from "@pacto/contract";
import { createKeyRing, createVerifier, verifyAuditBlock } from "@pacto/contract/signing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  newClient,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

let banks: BanksInProcess;
let azul: BankInProcess;
let account: string;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde", "coral"], { auditEveryMs: 150 });
  azul = banks.bank("azul");
  account = await openAccountWith(azul, 1_000);
});
afterAll(() => banks.stop());

const auditor = (bank = azul) =>
  bank.as({ kind: "staff", id: "otto", name: "Otto", homeBank: bank.id, roles: ["auditor"] });

async function tamper(table: string, sql: string): Promise<void> {
  await azul.sql(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await azul.sql(sql);
  await azul.sql(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

async function deposit(amountCentavos: number) {
  return azul.staff.cash.deposit({ idempotencyKey: newKey(), number: account, amountCentavos });
}

/** A posting that is sealed, in a block that two banks have cosigned. */
async function sealedDeposit(amountCentavos: number): Promise<string> {
  const { postingId } = await deposit(amountCentavos);
  const signers = async () => {
    const rows = await azul.sql<{ count: number }>(
      `SELECT count(*)::int FROM audit_cosignature c
         JOIN audit_block b ON b.hash = c.hash WHERE $1 = ANY(b.posting_ids)`,
      [postingId],
    );
    return rows[0]?.count;
  };
  await expect.poll(signers, { timeout: 60_000, interval: 100 }).toBe(2);
  return postingId;
}

async function verifyAll() {
  const parts = [await auditor().audit.verify({ from: 1 })];
  for (let next = parts[0]?.next ?? null; next !== null;) {
    const part = await auditor().audit.verify({ from: next });
    parts.push(part);
    next = part.next;
  }
  const blocks = parts.flatMap((part) => part.blocks);
  return {
    unsound: blocks.filter(({ isSound }) => !isSound).map(({ number }) => number),
    faults: blocks.flatMap(({ faults }) => faults),
    added: parts.flatMap((part) => part.added),
  };
}

async function exportAll(): Promise<AuditExportBlock[]> {
  const blocks: AuditExportBlock[] = [];
  for (let from: number | null = 1; from !== null;) {
    const page: { blocks: AuditExportBlock[]; next: number | null } = await auditor().audit.export({
      from,
    });
    blocks.push(...page.blocks);
    from = page.next;
  }
  return blocks;
}

function verifyOffline(blocks: readonly unknown[]) {
  const verifier = createVerifier(createKeyRing(banks.manifest.members));
  let last: AuditHead | undefined;
  return blocks.map((block) => {
    const verdict = verifyAuditBlock(block, last, verifier);
    last = verdict.head ?? last;
    return verdict;
  });
}

describe("the auditor", () => {
  it("verifies every row online, and is told of one that nobody sealed", async () => {
    await sealedDeposit(1);
    expect(await verifyAll()).toEqual({ unsound: [], faults: [], added: [] });
    await azul.sql(
      `INSERT INTO audit_event (actor, actor_bank, action, subject, details, stamp)
       VALUES ('azul/eva', 'azul', 'cash.deposit', 'nothing', '{}', 1)`,
    );
    const [{ id }] = (await azul.sql("SELECT max(id)::text AS id FROM audit_event")) as [
      { id: string },
    ];
    expect(await verifyAll()).toEqual({
      unsound: [],
      faults: [],
      added: [{ row: `audit ${id}`, what: "added" }],
    });
    await tamper("audit_event", `DELETE FROM audit_event WHERE id = ${id}`);
  });

  it("verifies an export away from the bank: each row, each head, each cosignature", async () => {
    await sealedDeposit(2);
    const blocks = await exportAll();
    const verdicts = verifyOffline(blocks);
    expect(verdicts.filter(({ isSound }) => !isSound)).toEqual([]);
    expect(verdicts.at(-1)?.cosigners.toSorted()).toEqual(["coral", "verde"]);
    const [first] = blocks;
    if (first === undefined) throw new Error("nothing was exported");
    const edited = {
      ...first,
      rows: first.rows.map((row, at) => (at === 0 ? `${row} ` : row)),
    };
    expect(verifyOffline([edited])[0]?.faults).toEqual([{ row: first.names[0], what: "edited" }]);
    const without = { ...first, rows: [null, ...first.rows.slice(1)] };
    expect(verifyOffline([without])[0]?.faults).toEqual([{ row: first.names[0], what: "removed" }]);
    const hidden = { ...first, leaves: first.leaves.replace(/^./u, "x") };
    expect(verifyOffline([hidden])[0]?.isSound).toBe(false);
    expect(verifyOffline(blocks.slice(1))[0]?.isSound).toBe(false);
    expect(verifyOffline([{}])[0]).toMatchObject({ head: null, isSound: false });
  });

  it("names what was edited, removed and re-sealed", async () => {
    const posting = await sealedDeposit(3);
    await tamper("posting", `UPDATE posting SET description = 'x' WHERE id = '${posting}'`);
    expect((await verifyAll()).faults).toEqual([{ row: `posting ${posting}`, what: "edited" }]);
    await tamper("posting", `UPDATE posting SET description = '' WHERE id = '${posting}'`);
    expect((await verifyAll()).faults).toEqual([]);
    const size = (change: string) =>
      tamper(
        "audit_block",
        `UPDATE audit_block SET head = jsonb_set(head, '{size}', to_jsonb((head ->> 'size')::int ${change}))
          WHERE number = 1`,
      );
    await size("+ 1");
    expect((await verifyAll()).unsound).toContain(1);
    await size("- 1");
  });

  it("sees other banks' heads, the chain's state, and events by filter, with evidence masked", async () => {
    await sealedDeposit(4);
    const { heads } = await auditor(banks.bank("verde")).audit.witnessed({ bank: "azul" });
    expect(heads.map(({ number }) => number)).toEqual(heads.map((_, at) => at + 1));
    const chain = await auditor().audit.chain();
    expect(chain.cosigners.map(({ bank }) => bank).toSorted()).toEqual(["coral", "verde"]);
    expect(chain.last?.number).toBeGreaterThan(0);
    const filter = { action: "cash.", subject: account, limit: 2 };
    const page = await auditor().audit.events(filter);
    expect(page.events).toHaveLength(2);
    const more = await auditor().audit.events({ ...filter, cursor: page.nextCursor ?? "" });
    expect(Number(more.events[0]?.id)).toBeLessThan(Number(page.events[1]?.id));
    const file = await auditor().audit.exportEvents({ action: "cash." });
    expect(file.csv).toContain("cash.deposit");
    const teller = azul.as({
      kind: "staff",
      id: "tina",
      name: "Tina",
      homeBank: "azul",
      roles: ["teller", "supervisor", "operator", "user-admin"],
    });
    expect((await refusalOf(teller.audit.events({}))).code).toBe("not-allowed");
  });
});

describe("personal data", () => {
  it("is masked in lists, shown to the client's own bank, and revealed for a reason", async () => {
    const id = await newClient(azul);
    await azul.staff.clients.update({
      idempotencyKey: newKey(),
      id,
      version: 1,
      email: "zoe@example.com",
      phone: "+55 11 98765-4321",
    });
    const { clients } = await azul.staff.clients.list({});
    const listed = clients.find((client) => client.id === id);
    expect(listed).toMatchObject({ email: "z***@example.com", phone: "***4321" });
    const { client } = await azul.staff.clients.get({ id });
    expect(client).toMatchObject({ email: "zoe@example.com" });
    expect(client.taxIdMasked).toMatch(/^\*{3}\.\d{3}\.\d{3}-\*{2}$/u);
    const foreigner = azul.as({
      kind: "staff",
      id: "vera",
      name: "Vera",
      homeBank: "verde",
      roles: ["teller", "auditor"],
    });
    const seen = (await foreigner.clients.get({ id })).client;
    expect(seen).toMatchObject({ email: "z***@example.com", phone: "***4321" });
    const reason = "The client asks what we hold.";
    const refused = foreigner.clients.reveal({ id, reason });
    expect((await refusalOf(refused)).code).toBe("not-allowed");
    const shown = await azul.staff.clients.reveal({ id, reason });
    expect(shown.taxId).toMatch(/^\d{3}\.\d{3}\.\d{3}-\d{2}$/u);
    const { events } = await auditor().audit.events({ action: "clients.reveal", subject: id });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ actor: "azul/t1", details: { reason } });
  });
});
