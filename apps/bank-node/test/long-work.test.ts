import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  balanceOf,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

let banks: BanksInProcess;
let azul: BankInProcess;
let verde: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde"]);
  [azul, verde] = [banks.bank("azul"), banks.bank("verde")];
  // Two processes of one bank look for due work at the same time.
  await banks.replica("azul");
});
afterAll(() => banks.stop());

/** A bound for slow machines; each condition is met within a second or two. */
const SOON = { timeout: 30_000, interval: 50 };

function planned(from: string, to: string, amountCentavos: number) {
  return {
    from: [{ bank: "azul", account: from, amountCentavos }],
    to: [{ bank: "verde", account: to, amountCentavos }],
    purpose: "mensalidade",
  };
}

describe("a planned transfer", () => {
  const create = (transfer: ReturnType<typeof planned>, more: object = {}) =>
    azul.staff.plans.create({
      idempotencyKey: newKey(),
      transfer,
      firstAt: new Date().toISOString(),
      ...more,
    });
  const get = async (id: string) => (await azul.staff.plans.get({ id })).plan;

  it("is made when it is due, once for each occurrence, whoever of the bank finds it", async () => {
    const [from, to] = [await openAccountWith(azul, 10_000), await openAccountWith(verde, 0)];
    const firstAt = new Date(Date.now() - 2 * 86_400_000).toISOString();
    const { plan } = await create(planned(from, to, 1_000), {
      firstAt,
      every: "day",
      occurrences: 3,
      retryMinutes: 10_080,
    });
    await expect.poll(async () => (await get(plan.id)).status, SOON).toBe("finished");
    const { happenings } = await get(plan.id);
    expect(happenings.map(({ number, status }) => [number, status])).toEqual([
      [3, "done"],
      [2, "done"],
      [1, "done"],
    ]);
    await expect.poll(() => balanceOf(verde, to), SOON).toBe(3_000);
    expect(await balanceOf(azul, from)).toBe(7_000);
  });

  it("is tried again within its window, and moves money once when it can", async () => {
    const [from, to] = [await openAccountWith(azul, 0), await openAccountWith(verde, 0)];
    const { plan } = await create(planned(from, to, 500));
    const refusal = async () => (await get(plan.id)).happenings[0]?.refusal?.code;
    await expect.poll(refusal, SOON).toBe("insufficient-funds");
    await azul.staff.cash.deposit({
      idempotencyKey: newKey(),
      number: from,
      amountCentavos: 500,
    });
    await azul.sql("UPDATE transfer_occurrence SET wake_at = now() WHERE plan_id = $1", [plan.id]);
    await expect.poll(async () => (await get(plan.id)).status, SOON).toBe("finished");
    expect((await get(plan.id)).happenings[0]).toMatchObject({ status: "done", attempt: 2 });
    expect(await balanceOf(azul, from)).toBe(0);
  });

  it("is not made days too late, nor after it was cancelled", async () => {
    const [from, to] = [await openAccountWith(azul, 500), await openAccountWith(verde, 0)];
    const late = await create(planned(from, to, 100), { firstAt: "2020-01-01T12:00:00.000Z" });
    await expect
      .poll(async () => (await get(late.plan.id)).happenings[0]?.refusal?.code, SOON)
      .toBe("retry-window-over");
    const firstAt = new Date(Date.now() + 3_600_000).toISOString();
    const { plan } = await create(planned(from, to, 100), { firstAt });
    const cancel = () => azul.staff.plans.cancel({ idempotencyKey: newKey(), id: plan.id });
    expect((await cancel()).plan.status).toBe("cancelled");
    expect((await refusalOf(cancel())).code).toBe("plan-not-active");
    await azul.sql("UPDATE transfer_occurrence SET wake_at = now() WHERE plan_id = $1", [plan.id]);
    await expect
      .poll(async () => (await get(plan.id)).happenings[0]?.status, SOON)
      .toBe("cancelled");
    expect(await balanceOf(azul, from)).toBe(500);
  });
});

describe("a template", () => {
  it("keeps a composite under its name", async () => {
    const transfer = planned(await openAccountWith(azul, 0), await openAccountWith(verde, 0), 9);
    const save = () =>
      azul.staff.plans.saveTemplate({ idempotencyKey: newKey(), name: "Folha", transfer });
    await save();
    const { template } = await save();
    expect((await azul.staff.plans.templates()).templates).toEqual([template]);
    const remove = () =>
      azul.staff.plans.removeTemplate({ idempotencyKey: newKey(), id: template.id });
    expect((await remove()).templates).toEqual([]);
    expect((await refusalOf(remove())).code).toBe("template-not-found");
  });
});

describe("an import of transfers", () => {
  const start = (csv: string, more: object = {}) =>
    azul.staff.transfers.startImport({ idempotencyKey: newKey(), csv, label: "folha", ...more });

  it("shows each line before it is made, and what is wrong with it", async () => {
    const [from, to] = [await openAccountWith(azul, 1_000), await openAccountWith(verde, 0)];
    const csv = [
      "from;to;amount;purpose",
      `${from};verde/${to};10,00;ok`,
      `azul/${from};verde/${to};R$ 10,01;too much`,
      `${from};rosa/${to};1,00;no such bank`,
      `${from};verde/${to};-1,00;negative`,
      `${from};verde/${to};0,005;half a centavo`,
    ].join("\n");
    const { lines, readable } = await azul.staff.transfers.previewImport({ csv });
    expect(lines.map(({ line, refusal }) => [line, refusal?.code ?? null])).toEqual([
      [2, null],
      [3, "insufficient-funds"],
      [4, "unknown-bank"],
      [5, "import-line-unreadable"],
      [6, "import-line-unreadable"],
    ]);
    expect(readable).toBe(2);
    expect((await refusalOf(start(csv))).code).toBe("unknown-bank");
    for (const text of ["hello", "from,to\n1,2", 'from,to,amount\n"']) {
      const { code } = await refusalOf(azul.staff.transfers.previewImport({ csv: text }));
      expect(code).toBe("import-line-unreadable");
    }
  });

  it("is made line by line, exactly once, while the bank's processes come and go", async () => {
    const [from, to] = [await openAccountWith(azul, 1_000), await openAccountWith(verde, 0)];
    const lines = Array.from({ length: 12 }, (_, at) => `${from},verde/${to},1.00,line ${at}`);
    const { job } = await start(["from,to,amount,purpose", ...lines].join("\n"));
    expect(job).toMatchObject({ status: "running", total: 12 });
    await azul.sql("UPDATE job SET wake_at = now() WHERE id = $1 AND wake_at IS NOT NULL", [
      job.id,
    ]);
    const get = () => azul.staff.jobs.get({ id: job.id });
    await expect.poll(async () => (await get()).job.status, SOON).toBe("done");
    // Ten lines empty the account; two are refused, and say why.
    const { items, job: ended } = await get();
    expect(ended).toMatchObject({ done: 10, failed: 2, percent: 100 });
    const failed = items.filter(({ status }) => status === "failed");
    expect(failed.every(({ refusal }) => refusal?.code === "insufficient-funds")).toBe(true);
    await expect.poll(() => balanceOf(verde, to), SOON).toBe(1_000);
    expect((await azul.staff.jobs.list({})).jobs.map(({ id }) => id)).toContain(job.id);
  });

  it("stops between two lines when it is cancelled", async () => {
    const [from, to] = [await openAccountWith(azul, 90_000), await openAccountWith(verde, 0)];
    const lines = Array.from({ length: 300 }, () => `${from},verde/${to},1.00,`);
    const { job } = await start(["from,to,amount,purpose", ...lines].join("\n"));
    const cancel = () => azul.staff.jobs.cancel({ idempotencyKey: newKey(), id: job.id });
    const { job: cancelled } = await cancel();
    expect(cancelled.status).toBe("cancelled");
    expect((await refusalOf(cancel())).code).toBe("job-ended");
    const { job: after } = await azul.staff.jobs.get({ id: job.id });
    expect(after.done).toBeLessThan(300);
  });
});
