import type { Page } from "@playwright/test";
import { newCpf } from "./books.ts";
import { expect, test } from "./fixtures.ts";
import { welcomeClient } from "./teller.ts";

const KEY = "mudanca@example.com";

/** Fills bank and account of an agreement's form in. */
async function fillAccount(page: Page, title: string, bank: string, number: string) {
  const form = page.getByRole("form", { name: title });
  await form.getByRole("combobox", { name: /^Banco\W*$/ }).selectOption({ label: bank });
  const account = form.getByRole("combobox", { name: /^Conta/ });
  await account.fill(number);
  await expect(account).toHaveValue(new RegExp(number));
  return form;
}

async function confirm(page: Page, text: string) {
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: text, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

test("a key is registered at one bank and brought to another by a claim", async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto("/");
  const client = { taxId: newCpf(), name: "Marina Prado", deposit: "" };
  const there = await welcomeClient(page, { ...client, bank: "Banco Verde" });
  const here = await welcomeClient(page, { ...client, bank: "Banco Azul" });

  await page.goto("/pix/keys?new=true");
  const form = await fillAccount(page, "Cadastrar chave", "Banco Verde", there);
  await form.getByLabel("Chave").fill(KEY.toUpperCase());
  await form.getByRole("button", { name: "Conferir" }).click();
  await confirm(page, "Confirmar");
  const keys = page.getByRole("table", { name: "Chaves PIX" });
  const row = keys.getByRole("row").filter({ hasText: KEY });
  await expect(row).toContainText(there, { timeout: 30_000 });

  // Registered elsewhere for the same person: the screen says what to do instead.
  const again = await fillAccount(page, "Cadastrar chave", "Banco Azul", here);
  await again.getByLabel("Chave").fill(KEY);
  await again.getByRole("button", { name: "Conferir" }).click();
  await confirm(page, "Confirmar");
  await expect(page.getByRole("alert").filter({ hasText: "portabilidade" })).toBeVisible({
    timeout: 30_000,
  });

  await page.goto("/pix/claims?new=true");
  const claim = await fillAccount(page, "Reivindicar chave", "Banco Azul", here);
  await claim.getByLabel("Chave", { exact: true }).fill(KEY);
  await claim.getByRole("button", { name: "Conferir" }).click();
  await confirm(page, "Confirmar");
  const claims = page.getByRole("table", { name: "Reivindicações de chaves PIX" });
  const leaving = claims.getByRole("row").filter({ hasText: "Sai daqui" });
  await leaving.getByRole("button", { name: "Liberar" }).click({ timeout: 30_000 });
  await confirm(page, "Liberar");
  const coming = claims.getByRole("row").filter({ hasText: "Vem para cá" });
  await coming.getByRole("button", { name: "Concluir" }).click({ timeout: 30_000 });
  await confirm(page, "Concluir");
  await expect(coming).toContainText("Concluída", { timeout: 30_000 });
  await expect(leaving).toContainText("Concluída", { timeout: 30_000 });

  await page.goto("/pix/keys");
  await expect(row).toContainText("Banco Azul", { timeout: 30_000 });
  await expect(row).toContainText(here);
  await page.goto("/notifications");
  await expect(page.getByText(`Banco Azul reivindica a chave ${KEY}`)).toBeVisible();
});
