import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDays, saoPauloDate } from "@pacto/banking";
import { RECEIPT_MARK } from "@pacto/contract";
import { packReceipt } from "@pacto/contract/signing";
import type { Consortium } from "@pacto/testbed";
import { startTestConsortium } from "@pacto/testbed/vitest";
import { PNG } from "pngjs";
import encodeQr from "qr";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../src/output/report.ts";
import { runPacto } from "../src/run-pacto.ts";

const PATIENCE = { timeout: 30_000, interval: 200 };

let consortium: Consortium;
let folder: string;
let shop: string;
let payer: string;
let friend: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pacto-pix-"));
  consortium = await startTestConsortium({ manifest: "brasil", banks: ["azul", "verde", "coral"] });
  await pacto("client", "create", "azul", "--name", "Loja Lima", "--tax-id", "12.ABC.345/01DE-35");
  shop = await open("azul", "12.ABC.345/01DE-35", "business", "0");
  for (const [bank, taxId] of [
    ["verde", "390.533.447-05"],
    ["coral", "529.982.247-25"],
    ["azul", "390.533.447-05"],
  ] as const) {
    await pacto("client", "create", bank, "--name", "Paula Reis", "--tax-id", taxId);
  }
  payer = await open("verde", "390.533.447-05", "checking", "500.00");
  friend = await open("coral", "529.982.247-25", "checking", "100.00");
  await cli("pix", "key", "register", shop, "loja@example.com");
}, 180_000);
afterAll(() => consortium?.stop());

function pacto(...argv: readonly string[]): Promise<Report> {
  return runPacto(argv, {
    signal: new AbortController().signal,
    environment: { PACTO_DATA_DIR: consortium.files.folder, LANG: "en" },
    workingFolder: folder,
    repository: "/",
    progress: () => {},
  });
}

async function cli<Shape>(...argv: readonly string[]): Promise<Shape> {
  const report = await pacto(...argv, "--json");
  expect(report, `${report.stdout}${report.stderr}`).toMatchObject({ exit: 0 });
  return JSON.parse(report.stdout) as Shape;
}

async function open(bank: string, holder: string, kind: string, deposit: string): Promise<string> {
  const asked = ["--holder", holder, "--kind", kind, "--deposit", deposit];
  const { account } = await cli<{ account: { number: string } }>("account", "open", bank, ...asked);
  return `${bank}/${account.number}`;
}

async function balance(reference: string): Promise<number> {
  return (await cli<{ ledgerCentavos: number }>("balance", reference)).ledgerCentavos;
}

interface Charge {
  readonly charge: {
    readonly txid: string;
    readonly brCode: string;
    readonly status: string;
    readonly revision: number;
    readonly due: { readonly finalCentavos: number };
  };
}
interface Sent {
  readonly pix: { readonly endToEndId: string; readonly transactionId: string; state: string };
}

const today = saoPauloDate(new Date());

/** Sends a PIX to the shop's key that its bank has booked; returns its end-to-end id. */
async function paid(amount: string): Promise<string> {
  const { pix } = await cli<Sent>("pix", "send", payer, "loja@example.com", amount);
  await expect
    .poll(async () => (await pacto("pix", "show", `azul/${pix.endToEndId}`)).stdout, PATIENCE)
    .toContain(pix.endToEndId);
  return pix.endToEndId;
}

describe("pacto pix", { timeout: 120_000 }, () => {
  it("makes a charge, changes it, and has it paid by two payers through its code", async () => {
    const terms = ["--due", addDays(today, 10), "--fine", "2%", "--discount", `5%@${today}`];
    const made = await cli<Charge>(
      "pix",
      "charge",
      "create",
      "azul",
      "loja@example.com",
      "100.00",
      ...terms,
    );
    const { txid, brCode } = made.charge;
    expect(made.charge).toMatchObject({ status: "ATIVA", due: { finalCentavos: 95_00 } });
    const changed = await cli<Charge>("pix", "charge", "change", `azul/${txid}`, "90.00");
    expect(changed.charge).toMatchObject({ revision: 1, due: { finalCentavos: 85_50 } });
    const seen = await pacto("pix", "confirm", payer, brCode);
    expect(seen.stdout).toMatch(/Loja L\.[\s\S]*85\.50/);
    expect((await pacto("pix", "send", payer, brCode, "90.00")).stderr).toMatch(/^pix-code-amount/);

    const before = await balance(shop);
    const { pix } = await cli<Sent>("pix", "send", payer, brCode, "--also", `${friend}:20.50`);
    expect(pix.state).toBe("committed");
    const status = async () =>
      (await cli<Charge>("pix", "charge", "show", `azul/${txid}`)).charge.status;
    await expect.poll(status, PATIENCE).toBe("CONCLUIDA");
    expect(await balance(shop)).toBe(before + 85_50);
    expect((await pacto("pix", "charge", "list", "azul", "--kind", "cobv")).stdout).toContain(txid);

    const other = await cli<Charge>("pix", "charge", "create", "azul", "loja@example.com", "1");
    const reference = `azul/${other.charge.txid}`;
    await cli("pix", "charge", "remove", reference);
    expect((await pacto("pix", "send", payer, other.charge.brCode)).stderr).toMatch(
      /^pix-charge-closed/,
    );
  });

  it("verifies a receipt by the text and by a picture of its QR code", async () => {
    const { pix } = await cli<Sent>("pix", "send", payer, "loja@example.com", "1.00");
    const receipt = await cli<object>("tx", "receipt", "verde", pix.transactionId);
    const text = packReceipt(receipt);
    expect((await pacto("verify", text)).stdout).toContain("It proves that transfer");
    const rows = encodeQr(text, "raw", { border: 4, scale: 3, ecc: "low" });
    const png = new PNG({ width: rows[0]?.length ?? 0, height: rows.length });
    png.data = Buffer.from(rows.flatMap((row) => row.flatMap((dark) => [0, 0, 0, dark ? 255 : 0])));
    await writeFile(join(folder, "receipt.png"), PNG.sync.write(png));
    expect(await pacto("verify", join(folder, "receipt.png"))).toMatchObject({ exit: 0 });
    const wrong = packReceipt({ ...receipt, bank: "coral" });
    expect((await pacto("verify", wrong)).exit).toBe(1);
    expect((await pacto("verify", `${RECEIPT_MARK}AAAA`)).exit).toBe(1);
  });

  it("gives a part back once for its id, and no more than came", async () => {
    const endToEndId = await paid("30.00");
    const before = await balance(payer);
    const wish = ["pix", "refund", `azul/${endToEndId}`, "10.00", "--id", "troca1"];
    const { refund } = await cli<{ refund: { returnId: string; status: string } }>(...wish);
    expect(refund.status).toBe("DEVOLVIDO");
    expect((await cli<{ refund: object }>(...wish)).refund).toEqual(refund);
    await expect.poll(() => balance(payer), PATIENCE).toBe(before + 10_00);
    const over = await pacto("pix", "refund", `azul/${endToEndId}`, "20.01");
    expect(over).toMatchObject({ exit: 1 });
    expect(over.stderr).toMatch(/^pix-refund-over-original/);
    const { stdout } = await pacto("pix", "show", `azul/${endToEndId}`);
    expect(stdout).toMatch(/may still go back +R\$ ?20\.00/);
    expect(stdout).toContain(refund.returnId);
    const path = join(folder, "comprovante.pdf");
    await cli("pix", "show", `azul/${endToEndId}`, "--out", path);
    expect((await readFile(path)).subarray(0, 5).toString()).toBe("%PDF-");
  });

  it("tells an address of what a key received with a txid", async () => {
    const heard: string[] = [];
    const server = createServer((request, response) => {
      request.on("data", (bytes: Buffer) => heard.push(bytes.toString()));
      request.on("end", () => response.end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await cli("pix", "webhook", "set", "azul", "loja@example.com", url);
    expect((await pacto("pix", "webhook", "list", "azul")).stdout).toContain(url);
    const made = await cli<Charge>("pix", "charge", "create", "azul", "loja@example.com", "2.00");
    const { pix } = await cli<Sent>("pix", "send", payer, made.charge.brCode);
    await expect.poll(() => heard.join(), PATIENCE).toContain(pix.endToEndId);
    await cli("pix", "webhook", "remove", "azul", "loja@example.com");
    expect((await pacto("pix", "webhook", "remove", "azul", "loja@example.com")).exit).toBe(1);
    await new Promise((resolve) => server.close(resolve));
  });

  it("follows a reported fraud and gives back what an auditor accepts", async () => {
    const endToEndId = await paid("40.00");
    const why = ["--why", "Falso sequestro"];
    const reported = await cli<{ return: { id: string } }>(
      "pix",
      "return",
      "report",
      payer,
      endToEndId,
      ...why,
    );
    const { id } = reported.return;
    const show = async () => (await pacto("pix", "return", "show", `verde/${id}`)).stdout;
    await expect.poll(show, PATIENCE).toMatch(new RegExp(`${shop}[^\n]*40\\.00[^\n]*held`));
    const { holds } = await cli<{ holds: { id: string; endToEndId: string }[] }>(
      ...["pix", "return", "holds", "azul"],
    );
    const hold = holds.find((one) => one.endToEndId === endToEndId);
    await cli("pix", "return", "accept", `azul/${hold?.id ?? ""}`, "--note", "Fraude provada");
    await expect.poll(show, PATIENCE).toMatch(/returned/);
    expect((await pacto("pix", "return", "list", "verde")).stdout).toContain(id);
  });

  it("asks for a payment, which is accepted or declined at the payer's bank", async () => {
    const send = () =>
      cli<{ request: { id: string } }>("pix", "request", "send", shop, payer, "3.00");
    const arrived = async (id: string) => {
      const list = async () => (await pacto("pix", "request", "list", "verde")).stdout;
      await expect.poll(list, PATIENCE).toContain(id);
    };
    const { request: one } = await send();
    await arrived(one.id);
    const accepted = await cli<{ request: { state: string } }>(
      ...["pix", "request", "accept", `verde/${one.id}`],
    );
    expect(accepted.request.state).toBe("paid");
    const { request: two } = await send();
    await arrived(two.id);
    await cli("pix", "request", "decline", `verde/${two.id}`, "--reason", "Já paguei");
    const { request: three } = await send();
    await cli("pix", "request", "cancel", `azul/${three.id}`);
    await expect
      .poll(async () => (await pacto("pix", "request", "list", "azul")).stdout, PATIENCE)
      .toMatch(/declined[\s\S]*paid/);
  });

  it("orders a PIX for later, and takes it back until the day before", async () => {
    const when = ["--on", addDays(today, 1), "--every", "month", "--times", "3"];
    const { schedule } = await cli<{ schedule: { id: string } }>(
      ...["pix", "schedule", "create", payer, "loja@example.com", "5.00", ...when],
    );
    expect((await pacto("pix", "schedule", "list", "verde")).stdout).toContain(schedule.id);
    const cancelled = await cli<{ schedule: { status: string } }>(
      ...["pix", "schedule", "cancel", `verde/${schedule.id}`],
    );
    expect(cancelled.schedule.status).toBe("cancelled");
    expect((await pacto("pix", "schedule", "cancel", `verde/${schedule.id}`)).exit).toBe(1);
    expect(
      (await pacto("pix", "schedule", "create", payer, shop, "5.00", "--on", today)).stderr,
    ).toMatch(/^pix-date-past/);
  });

  it("has an automatic debit allowed, charged and ended", async () => {
    const terms = ["--ceiling", "50.00", "--from", today];
    const { mandate } = await cli<{ mandate: { id: string } }>(
      ...["pix", "mandate", "propose", shop, payer, ...terms],
    );
    const { id } = mandate;
    const at = async (bank: string) => (await pacto("pix", "mandate", "list", bank)).stdout;
    await expect.poll(() => at("verde"), PATIENCE).toContain(id);
    await cli("pix", "mandate", "accept", `verde/${id}`);
    await expect.poll(() => at("azul"), PATIENCE).toMatch(new RegExp(`${id}[^\n]*active`));
    const due = ["--on", addDays(today, 5)];
    await cli("pix", "mandate", "charge", `azul/${id}`, "20.00", ...due);
    expect((await pacto("pix", "mandate", "charge", `azul/${id}`, "50.01", ...due)).exit).toBe(1);
    await cli("pix", "mandate", "cancel", `azul/${id}`, "--side", "receiver");
    await expect.poll(() => at("verde"), PATIENCE).toMatch(new RegExp(`${id}[^\n]*cancelled`));
  });

  it("brings a person's key to another bank by a claim", async () => {
    const here = await open("azul", "390.533.447-05", "checking", "0");
    await cli("pix", "key", "register", payer, "paula@example.com");
    const { claim } = await cli<{ claim: { id: string } }>(
      ...["pix", "claim", "open", here, "paula@example.com"],
    );
    const { id } = claim;
    const at = async (bank: string) => (await pacto("pix", "claim", "list", bank)).stdout;
    await expect.poll(() => at("verde"), PATIENCE).toMatch(new RegExp(`${id}[^\n]*waiting`));
    await cli("pix", "claim", "confirm", `verde/${id}`);
    await expect.poll(() => at("azul"), PATIENCE).toMatch(new RegExp(`${id}[^\n]*confirmed`));
    await cli("pix", "claim", "complete", `azul/${id}`);
    await expect.poll(() => at("azul"), PATIENCE).toMatch(new RegExp(`${id}[^\n]*completed`));
    expect((await pacto("pix", "key", "list", "azul")).stdout).toContain("paula@example.com");
  });
});
