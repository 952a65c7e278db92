import { maskName } from "@pacto/banking";
import { expect, type Locator, type Page } from "@playwright/test";

/** What a teller does at the dashboard, by the names on the screen. */

export interface NewClient {
  readonly bank: string;
  readonly taxId: string;
  readonly name: string;
  /** As typed; empty for none. */
  readonly deposit: string;
}

/** Creates a client and opens an account; gives the account's number. */
export async function welcomeClient(page: Page, client: NewClient): Promise<string> {
  await page.getByRole("link", { name: "Clientes", exact: true }).click();
  await page.getByRole("link", { name: "Novo cliente" }).click();
  await page.getByRole("combobox", { name: /^Banco\W*$/ }).selectOption({ label: client.bank });
  await page.getByLabel("CPF ou CNPJ").fill(client.taxId);
  await page.getByLabel(/Nome completo|Razão social/).fill(client.name);
  await page.getByRole("button", { name: "Criar cliente" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Cliente criado" })).toBeVisible();
  await page.getByRole("link", { name: "Abrir conta" }).click();
  await expect(page.getByRole("combobox", { name: /^Titular/ })).toHaveValue(
    asShown(client.bank, client.name),
  );
  if (client.deposit !== "") await page.getByLabel("Depósito inicial").fill(client.deposit);
  await page.getByRole("button", { name: "Abrir conta" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Conta aberta" })).toBeVisible();
  const title = await page.getByRole("heading", { level: 1 }).innerText();
  return title.replace("Conta ", "");
}

/** Who works at azul sees another bank's clients as a payer sees a payee. */
function asShown(bank: string, name: string): string {
  return bank === "Banco Azul" ? name : maskName(name);
}

export interface Side {
  readonly bank: string;
  /** Part of the holder's name. */
  readonly holder: string;
  /** As typed; none for a single destination, which gets the sum. */
  readonly amount?: string;
}

/** Fills the composite builder in, one card for each side. */
export async function composeTransfer(
  page: Page,
  from: readonly Side[],
  to: readonly Side[],
): Promise<void> {
  await page.goto("/transfers/new");
  for (const [at, side] of from.entries()) {
    if (at > 0) await page.getByRole("button", { name: "Adicionar origem" }).click();
    await fillSide(page, page.getByRole("group", { name: `Origem ${at + 1}` }), side);
  }
  for (const [at, side] of to.entries()) {
    if (at > 0) await page.getByRole("button", { name: "Adicionar destino" }).click();
    await fillSide(page, page.getByRole("group", { name: `Destino ${at + 1}` }), side);
  }
}

async function fillSide(page: Page, card: Locator, side: Side): Promise<void> {
  await card.getByRole("combobox", { name: /^Banco\W*$/ }).selectOption({ label: side.bank });
  const account = card.getByRole("combobox", { name: "Conta" });
  await account.fill(side.holder);
  const shown = new RegExp(side.holder);
  await expect(page.getByRole("option", { name: shown }).first()).toBeVisible();
  // By keyboard: a preview that arrives meanwhile moves the list under the mouse.
  await account.press("ArrowDown");
  await account.press("Enter");
  await expect(account).toHaveValue(shown);
  if (side.amount !== undefined) await card.getByLabel("Valor").fill(side.amount);
}

/** Reviews and sends what the builder holds; ends on the transfer's own page. */
export async function sendTransfer(page: Page, total: string): Promise<void> {
  await page.getByRole("button", { name: "Conferir e enviar" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Confirmar transferência" });
  await dialog.getByRole("button", { name: `Transferir ${total}` }).click();
  await expect(page).toHaveURL(/\/transfers\/[a-z]+\/[0-9a-f-]{36}$/);
}

/** A bank's line in the progress of the transfer that is open. */
export function progressOf(page: Page, bank: string): Locator {
  return page
    .getByRole("table", { name: "Andamento por banco" })
    .getByRole("row")
    .filter({ hasText: bank });
}

/** Answering: a bank on a busy machine may be slow, but it is there. */
export const present = /Online|Lento/;

/** A bank's state as it stands beside every page. */
export function bankState(page: Page, bank: string): Locator {
  return page
    .getByRole("region", { name: "Estado dos bancos" })
    .getByRole("listitem")
    .filter({ hasText: bank });
}

/** The whole of the transfer's standing, as the page tells it in words. */
export function standing(page: Page): Locator {
  return page.getByRole("main").getByRole("status").first();
}
