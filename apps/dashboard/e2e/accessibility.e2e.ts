import { AxeBuilder } from "@axe-core/playwright";
import type { Consortium } from "@pacto/testbed";
import type { Page } from "@playwright/test";
import { createCharge, openAccount, registerPixKey, sendPix } from "./books.ts";
import { expect, test } from "./fixtures.ts";
import { composeTransfer, sendTransfer, standing } from "./teller.ts";

/** Some forty pages, each looked at whole. */
const TIMEOUT_MS = 600_000;

/** How many pages are looked at side by side. */
const TABS = 2;

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

for (const locale of ["pt-BR", "en"]) {
  test(`every page is free of accessibility faults, light and dark (${locale})`, async ({
    page,
    context,
    consortium,
    baseURL,
  }) => {
    test.setTimeout(TIMEOUT_MS);
    const paths = await preparePages(page, consortium);
    await context.addCookies([{ name: "pacto-locale", value: locale, url: baseURL ?? "" }]);
    const left = paths.values();
    const tabs = await Promise.all(Array.from({ length: TABS }, () => context.newPage()));
    await Promise.all(
      tabs.map(async (tab) => {
        for (const path of left) {
          // Soft, so that one run names every page that is at fault.
          expect.soft(await findFaults(tab, path), path).toEqual([]);
        }
      }),
    );
  });
}

/** What is wrong with a page; the dark theme changes nothing but colours, so only they are asked again. */
async function findFaults(page: Page, path: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // Somebody is at work: a session that only looks ends after ten minutes.
  await page.keyboard.press("Shift");
  await expect(page.getByRole("status", { name: /^(Lendo|Reading)/ })).toHaveCount(0);
  const light = await faultsOf(axe(page).withTags(rules));
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const dark = await faultsOf(axe(page).withRules(["color-contrast"]));
  return [...light, ...dark.map((fault) => `dark: ${fault}`)];
}

/** No frames to look into, so no other tab is opened for each look. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode(true);
}

async function faultsOf(builder: AxeBuilder): Promise<string[]> {
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
}

/** Puts something on every page; gives the pages' paths. */
async function preparePages(page: Page, consortium: Consortium): Promise<string[]> {
  const payer = await openAccount(consortium, {
    bank: "azul",
    holder: "Zoe Nunes",
    centavos: 90_00,
  });
  const payee = await openAccount(consortium, {
    bank: "coral",
    holder: "Yuri Melo",
    centavos: 0,
  });
  const key = `yuri-${payee.number}@example.com`;
  await registerPixKey(consortium, payee, key);
  const charge = await createCharge(consortium, "coral", { key, amountCentavos: 7_00 });
  const endToEndId = await sendPix(consortium, payer, { key, amountCentavos: 1_00 });
  const from = [{ bank: "Banco Azul", holder: "Zoe", amount: "12,34" }];
  await composeTransfer(page, from, [{ bank: "Banco Coral", holder: "Yuri" }]);
  await sendTransfer(page, "R$\u00a012,34");
  await expect(standing(page)).toContainText("Concluída");
  return [
    new URL(page.url()).pathname,
    "/",
    "/clients",
    "/clients/new",
    "/accounts",
    "/accounts/new",
    `/accounts/azul/${payer.number}`,
    `/cash?bank=azul&account=${payer.number}`,
    "/drawer?bank=azul",
    "/drawer?bank=azul&count=true",
    "/transfers",
    "/in-doubt",
    "/approvals",
    "/approvals?view=all",
    "/audit",
    "/loans",
    "/signatures",
    "/plans",
    "/imports?bank=azul",
    "/interest?bank=azul",
    ...["day", "trial-balance", "positions", "match"].map(
      (view) => `/reports?bank=azul&view=${view}`,
    ),
    `/accounts/azul/${payer.number}/statement`,
    "/webhooks?bank=azul",
    "/holders?bank=azul",
    "/entries?bank=azul",
    "/pix?bank=azul",
    `/pix/azul/${endToEndId}`,
    `/pix/coral/${endToEndId}`,
    `/pix/charges/coral/${charge.txid}`,
    "/pix/charges",
    "/pix/charges/new?bank=azul",
    "/verify",
    "/pix/keys?new=true",
    "/pix/claims?new=true",
    "/pix/schedules?new=true",
    "/pix/mandates?new=true",
    "/pix/requests?new=true",
    "/pix/returns?new=true",
    "/notifications",
    `/loans/new?bank=azul&account=${payer.number}`,
    "/lab",
    "/trace",
    `/transfers/new?bank=azul&account=${payer.number}`,
  ];
}

test("the palette finds a page and an account by keyboard alone", async ({ page, consortium }) => {
  const account = await openAccount(consortium, {
    bank: "verde",
    holder: "Ulla Brum",
    centavos: 0,
  });
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  const box = page.getByRole("combobox", { name: "Buscar e ir" });
  await expect(box).toBeFocused();
  await page.keyboard.type("Bancos");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/banks$/);
  await page.keyboard.press("Control+k");
  await expect(box).toBeFocused();
  await page.keyboard.type("Ulla");
  await expect(page.getByRole("option", { name: /Ulla Brum/ })).toBeVisible();
  expect(await faultsOf(axe(page).withTags(rules))).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/accounts/verde/${account.number}$`));
});

test("the cash desk is worked by keyboard alone", async ({ page, consortium }) => {
  await openAccount(consortium, { bank: "verde", holder: "Xica Ramos", centavos: 0 });
  await page.goto("/cash");
  await page.getByRole("radio", { name: "Depósito" }).focus();
  await page.keyboard.press("Tab");
  const bank = page.getByRole("combobox", { name: /^Banco\W*$/ });
  await expect(bank).toBeFocused();
  while ((await bank.inputValue()) !== "verde") await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Xica");
  await expect(page.getByRole("option", { name: /Xica/ })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Conta" })).toHaveValue(/Xica Ramos · /);
  await page.keyboard.press("Tab");
  await page.keyboard.type("45,5");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alertdialog")).toContainText("R$\u00a045,50");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "depositados" })).toContainText(
    "R$\u00a045,50",
  );
});

test("the composite builder is worked by keyboard alone", async ({ page, consortium }) => {
  await openAccount(consortium, { bank: "azul", holder: "Wagner Pio", centavos: 20_00 });
  await openAccount(consortium, { bank: "violeta", holder: "Vera Cruz", centavos: 0 });
  await page.goto("/transfers/new");
  await page
    .getByRole("group", { name: "Origem 1" })
    .getByRole("combobox", { name: /^Banco/ })
    .focus();
  await page.keyboard.type("Banco A");
  await page.keyboard.press("Tab");
  await page.keyboard.type("7");
  await page.keyboard.press("Tab");
  await pickByKeyboard(page, "Wagner");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Adicionar origem" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Colar lista" }).first()).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("Banco Vi");
  // The amount stays empty: a single destination gets the sum.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await pickByKeyboard(page, "Vera");
  await expect(page.getByText("Todos os bancos podem aceitar.")).toBeVisible();
  const review = page.getByRole("button", { name: "Conferir e enviar" });
  while (!(await review.evaluate((button) => button === document.activeElement))) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alertdialog")).toContainText("R$\u00a07,00");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/transfers\/azul\//);
  await expect(standing(page)).toContainText("Concluída em todos os bancos");
});

async function pickByKeyboard(page: Page, holder: string): Promise<void> {
  await page.keyboard.type(holder);
  await expect(page.getByRole("option", { name: new RegExp(holder) })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.locator(":focus")).toHaveValue(new RegExp(holder));
}
