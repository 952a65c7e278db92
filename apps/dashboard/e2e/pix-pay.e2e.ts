import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Locator, Page } from "@playwright/test";
import {
  createCharge,
  type OpenedAccount,
  openAccount,
  readAccount,
  registerPixKey,
} from "./books.ts";
import { cameraArguments, writeFilm } from "./fake-camera.ts";
import { expect, test } from "./fixtures.ts";
import { browserOf } from "./sign-in.ts";

const reais = (text: string) => `R$\u00a0${text}`;

/** Picks an account of a bank in a form or a part of one; a whole number needs no second step. */
async function pickAccount(within: Page | Locator, { number }: OpenedAccount): Promise<void> {
  const account = within.getByRole("combobox", { name: /^Conta/ });
  await account.fill(number);
  // Found and picked it has its holder's name; the list that hides the rest then closes.
  await expect(account).toHaveValue(new RegExp(` · ${number}$`));
  await account.press("Tab");
  await expect(account).toHaveAttribute("aria-expanded", "false");
}

/** A payment over several banks on a busy machine. */
const SENT = { timeout: 30_000 };

/** Reads whom the bank found and what is paid, and sends it. */
async function confirmPayment(page: Page, total: string, shown: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: "Conferir recebedor" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Confirmar PIX" });
  for (const text of shown) await expect(dialog).toContainText(text);
  await dialog.getByRole("button", { name: `Enviar ${total}` }).click();
}

test("a code that is held before the camera is paid", async ({
  page,
  consortium,
  playwright,
  launchOptions,
}) => {
  const shop = await openAccount(consortium, { bank: "azul", holder: "Vera Vidros", centavos: 0 });
  const payer = await openAccount(consortium, {
    bank: "verde",
    holder: "Caio Camara",
    centavos: 90_00,
  });
  const key = `vidros-${shop.number}@example.com`;
  await registerPixKey(consortium, shop, key);
  const charge = await createCharge(consortium, "azul", {
    key,
    amountCentavos: 31_90,
  });
  await page.goto(`/pix/charges/azul/${charge.txid}`);
  const qr = await page.getByRole("img", { name: "QR code da cobrança" }).screenshot();
  const folder = await mkdtemp(path.join(tmpdir(), "pacto-camera-"));
  const film = path.join(folder, "qr.y4m");
  await writeFilm(page, film, qr);
  const args = [...(launchOptions.args ?? []), ...cameraArguments(film)];
  const browser = await playwright.chromium.launch({ ...launchOptions, args });
  try {
    const counter = await browserOf(browser, consortium, "ana");
    await counter.goto("/pix?bank=verde");
    await pickAccount(counter, payer);
    await counter.getByLabel("Pagar por").selectOption({ label: "QR code ou copia e cola" });
    await counter.getByRole("button", { name: "Ler com a câmera" }).click();
    await expect(counter.getByLabel("PIX copia e cola")).toHaveValue(charge.brCode, {
      timeout: 30_000,
    });
    // Once read, the camera is let go.
    await expect(counter.getByRole("button", { name: "Ler com a câmera" })).toBeVisible();
    await confirmPayment(counter, reais("31,90"), ["Vera V."]);
    await expect(counter.getByText(`PIX de ${reais("31,90")} enviado`)).toBeVisible(SENT);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
  await page.reload();
  await expect(page.getByRole("main")).toContainText("Paga");
});

test("accounts at three banks pay one PIX together, all or nothing", async ({
  page,
  consortium,
}) => {
  const payee = await openAccount(consortium, { bank: "azul", holder: "Rita Rosas", centavos: 0 });
  const key = `rosas-${payee.number}@example.com`;
  await registerPixKey(consortium, payee, key);
  const payers = await Promise.all(
    (["verde", "coral", "ambar"] as const).map((bank) =>
      openAccount(consortium, { bank, holder: `Pagador ${bank}`, centavos: 50_00 }),
    ),
  );

  const fill = async (shares: readonly string[]) => {
    for (const [at, payer] of payers.entries()) {
      if (at === 0) {
        await page.goto("/pix?bank=verde");
        await pickAccount(page, payer);
        await page.getByLabel("Chave PIX").fill(key);
        continue;
      }
      await page.getByRole("button", { name: "Pagar também de outra conta" }).click();
      const card = page.getByRole("group", { name: `Conta pagadora ${at + 1}` });
      const bank = card.getByRole("combobox", { name: /^Banco\W*$/ });
      await bank.selectOption({ value: payer.bank });
      await pickAccount(card, payer);
      await card.getByLabel("Valor desta conta").fill(shares[at] ?? "");
    }
    await page.getByLabel("Valor da primeira conta").fill(shares[0] ?? "");
  };
  const balances = () =>
    Promise.all(
      [...payers, payee].map(async (one) => {
        const { ledgerCentavos, heldCentavos } = await readAccount(consortium, one);
        return [ledgerCentavos, heldCentavos];
      }),
    );
  const numbers = payers.map(({ number }) => number).join(", ");

  await test.step("one of them cannot, so none pays", async () => {
    await fill(["10", "20", "60"]);
    await confirmPayment(page, reais("90,00"), [numbers, "Rita R."]);
    await expect(page.getByText("PIX não enviado: nada foi movido")).toBeVisible(SENT);
    await expect.poll(balances).toEqual([...payers.map(() => [50_00, 0]), [0, 0]]);
  });

  await test.step("all of them can, so all pay", async () => {
    await fill(["10", "20", "15,50"]);
    await confirmPayment(page, reais("45,50"), [numbers, "Rita R."]);
    await expect(page.getByText(`PIX de ${reais("45,50")} enviado`)).toBeVisible(SENT);
    const after = [
      [40_00, 0],
      [30_00, 0],
      [34_50, 0],
      [45_50, 0],
    ];
    await expect.poll(balances, SENT).toEqual(after);
    await page.getByRole("link", { name: "Ver comprovante" }).click();
    await expect(page.getByRole("img", { name: "QR code do comprovante" })).toBeVisible();
  });
});
