import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { welcomeClient } from "./teller.ts";

const reais = (text: string) => `R$\u00a0${text}`;

/** The counter of a small bank, all of it on the screens. */
test("a teller opens every kind of account and a drawer, lends, and takes a check", async ({
  page,
}) => {
  const numbers = await test.step("every kind of account is opened", () => openEveryKind(page));

  await test.step("the drawer is opened with a float from the vault", async () => {
    await page.goto("/drawer?bank=azul");
    await page.getByRole("button", { name: "Abrir gaveta" }).click();
    await page.getByRole("dialog").getByLabel("Fundo de troco").fill("100");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Sua gaveta está aberta")).toBeVisible();
  });

  await test.step("a loan is simulated and made", () => lend(page, numbers.checking));

  await test.step("an installment is paid by check", async () => {
    await page.getByRole("button", { name: "Pagar com cheque" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Emitente").fill("Padaria Sol");
    await dialog.getByLabel("Número do cheque").fill("000123");
    await dialog.getByRole("button", { name: /^Usar a parcela/ }).click();
    await dialog.getByRole("button", { name: "Pagar", exact: true }).click();
    await expect(page.getByRole("status").filter({ hasText: "pagos" })).toBeVisible();
    const schedule = page.getByRole("table", { name: "Parcelas" });
    await expect(schedule.getByRole("row").nth(1)).toContainText("Paga");
  });
});

async function openEveryKind(page: Page) {
  await page.goto("/");
  const checking = await welcomeClient(page, {
    bank: "Banco Azul",
    taxId: "862.883.667-57",
    name: "Bruna Dias",
    deposit: "1000",
  });
  await welcomeClient(page, {
    bank: "Banco Azul",
    taxId: "11.222.333/0001-81",
    name: "Padaria Sol Ltda.",
    deposit: "500",
  });
  await welcomeClient(page, {
    bank: "Banco Verde",
    taxId: "153.509.460-56",
    name: "Carlos Lima",
    deposit: "800",
  });
  await welcomeClient(page, {
    bank: "Banco Azul",
    taxId: "987.654.321-00",
    name: "Davi Reis",
    deposit: "",
  });
  await openFor(page, "Poupança");
  await openFor(page, "Conta conjunta", async () => {
    const second = page.getByRole("combobox", { name: /^Segundo titular/ });
    await second.fill("Bruna");
    await expect(page.getByRole("option", { name: /Bruna/ })).toBeVisible();
    await second.press("ArrowDown");
    await second.press("Enter");
    await expect(second).toHaveValue("Bruna Dias");
    await page.getByText("Os dois titulares").click();
  });
  return { checking };
}

/** Another account for the client whose account is open. */
async function openFor(page: Page, kind: string, more?: () => Promise<void>): Promise<void> {
  await page.getByRole("link", { name: /Davi Reis/ }).click();
  await page.getByRole("link", { name: "Abrir conta" }).click();
  await expect(page.getByRole("combobox", { name: /^Titular/ })).toHaveValue("Davi Reis");
  await page.getByRole("combobox", { name: "Tipo de conta" }).selectOption({ label: kind });
  await more?.();
  await page.getByRole("button", { name: "Abrir conta" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Conta aberta" })).toBeVisible();
}

/** Lends 12,000 in twelve installments; ends on the loan's page. */
async function lend(page: Page, account: string): Promise<void> {
  await page.goto(`/loans/new?bank=azul&account=${account}`);
  const picked = page.getByRole("combobox", { name: "Liberar na conta" });
  await expect(picked).toHaveValue(/Bruna/);
  await page.getByLabel("Valor emprestado").fill("12000");
  await page.getByLabel("Taxa (%)").fill("1,99");
  const schedule = page.getByRole("table", { name: "Parcelas" });
  await expect(schedule.getByRole("row").nth(1)).toContainText(reais("1.134,02"));
  await page.getByRole("button", { name: "Conferir e liberar" }).click();
  const confirm = page.getByRole("alertdialog");
  await expect(confirm).toContainText("1,99");
  await confirm.getByRole("button", { name: /^Liberar/ }).click();
  await expect(page).toHaveURL(/\/loans\/azul\/[0-9]+-[0-9X]\?made=1$/);
}
