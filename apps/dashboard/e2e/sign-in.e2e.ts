import { totpCode } from "@pacto/contract/signing";
import type { Consortium } from "@pacto/testbed";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { ask, HOME, memberOf } from "./sign-in.ts";

test.use({ person: null });

async function typePassword(page: Page, email: string, password: string): Promise<void> {
  await page.getByRole("combobox", { name: /^Banco/ }).selectOption({ label: "Banco Azul" });
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Senha").fill(password);
  await page.getByRole("button", { name: "Continuar" }).click();
}

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Código").fill(code);
  await page.getByRole("button", { name: "Entrar" }).click();
}

/** The whole way in; `step` takes another code than one that was used a moment ago. */
async function enter(
  page: Page,
  consortium: Consortium,
  { person, step = 0 }: { readonly person: string; readonly step?: number },
): Promise<void> {
  const { email, password, totpSecret = "" } = await memberOf(consortium, person);
  await typePassword(page, email, password);
  await typeCode(page, totpCode(totpSecret, Date.now() + step * 30_000));
  await expect(page.getByRole("button", { name: "Sair" }).first()).toBeVisible();
}

test("a teller signs in with password and code, and out again", async ({ page, consortium }) => {
  await page.goto("/cash");
  await expect(page.getByRole("heading", { name: "Entrar" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Caixa" })).toHaveCount(0);
  const { email, password, totpSecret = "" } = await memberOf(consortium, "teller");
  await typePassword(page, email, "wrong wrong wrong");
  await expect(page.getByRole("alert").filter({ hasText: "não confere" })).toBeVisible();
  await typePassword(page, email, password);
  await typeCode(page, "000000");
  await expect(page.getByRole("alert").filter({ hasText: "não confere" })).toBeVisible();
  await typeCode(page, totpCode(totpSecret, Date.now()));
  // The page that was asked for, and a menu of what a teller may.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Caixa");
  const cookies = await page.context().cookies();
  expect(cookies.find(({ name }) => name === "__Host-pacto-session")).toMatchObject({
    ...{ httpOnly: true, secure: true, sameSite: "Strict" },
  });
  await page.getByRole("button", { name: "Sair" }).first().click();
  await expect(page.getByRole("heading", { name: "Entrar" })).toBeVisible();
});

test("five wrong passwords close the account for a while", async ({ page, consortium }) => {
  const { password } = await memberOf(consortium, "operator");
  await page.goto("/");
  for (let failure = 0; failure < 5; failure += 1) {
    const answer = page.waitForResponse(/\/api\/session\/password$/);
    await typePassword(page, `operator@${HOME}.example`, "wrong wrong wrong");
    expect((await answer).status()).toBe(401);
  }
  // The right one opens nothing then, and the page says until when.
  await typePassword(page, `operator@${HOME}.example`, password);
  await expect(page.getByRole("alert").filter({ hasText: "erros demais" })).toContainText(
    /Tente de novo em 1[45] minutos/,
  );
});

test("a session that ends elsewhere loses nothing that was typed", async ({ page, consortium }) => {
  await page.goto("/clients/new");
  await enter(page, consortium, { person: "supervisor", step: -1 });
  await page.goto("/clients/new");
  await page.getByLabel("CPF ou CNPJ").fill("390.533.447-05");
  const [cookie] = await page.context().cookies();
  const session = cookie?.value.replace(`${HOME}.`, "") ?? "";
  await ask(consortium, "signOut", { session });
  const dialog = page.getByRole("dialog", { name: "Entrar" });
  // The next question that the page asks hears of it, within the seconds of the node's own look.
  await expect(async () => {
    await page
      .getByRole("textbox", { name: "CPF ou CNPJ" })
      .press("End", { timeout: 1_000 })
      .catch(() => {});
    await page.evaluate(() => fetch("/api/session"));
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  const { email, password, totpSecret = "" } = await memberOf(consortium, "supervisor");
  await expect(dialog.getByLabel("E-mail")).toHaveValue(email);
  await dialog.getByLabel("Senha").fill(password);
  await dialog.getByRole("button", { name: "Continuar" }).click();
  await typeCode(page, totpCode(totpSecret, Date.now()));
  await expect(dialog).toHaveCount(0);
  await expect(page.getByLabel("CPF ou CNPJ")).toHaveValue("390.533.447-05");
});
