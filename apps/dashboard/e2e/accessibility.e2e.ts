import { AxeBuilder } from "@axe-core/playwright";
import { openAccount } from "./books.ts";
import { expect, test } from "./fixtures.ts";
import { composeTransfer, sendTransfer, standing } from "./teller.ts";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

test("every page is free of accessibility faults, in both themes and languages", async ({
  page,
  context,
  consortium,
  baseURL,
}) => {
  const payer = await openAccount(consortium, {
    bank: "azul",
    holder: "Zoe Nunes",
    centavos: 90_00,
  });
  await openAccount(consortium, { bank: "coral", holder: "Yuri Melo", centavos: 0 });
  const from = [{ bank: "Banco Azul", holder: "Zoe", amount: "12,34" }];
  await composeTransfer(page, from, [{ bank: "Banco Coral", holder: "Yuri" }]);
  await sendTransfer(page, "R$\u00a012,34");
  await expect(standing(page)).toContainText("Concluída");
  const transfer = new URL(page.url()).pathname;

  const paths = [
    "/",
    "/clients",
    "/clients/new",
    "/accounts",
    "/accounts/new",
    `/accounts/azul/${payer.number}`,
    `/cash?bank=azul&account=${payer.number}`,
    "/transfers",
    `/transfers/new?bank=azul&account=${payer.number}`,
    transfer,
  ];
  for (const locale of ["pt-BR", "en"]) {
    await context.addCookies([{ name: "pacto-locale", value: locale, url: baseURL ?? "" }]);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const path of paths) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expect(page.getByRole("status", { name: /^(Lendo|Reading)/ })).toHaveCount(0);
        const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
        expect(found, `${path} in ${locale}, ${colorScheme}`).toEqual([]);
      }
    }
  }
});

test("the cash desk and the composite builder are worked by keyboard alone", async ({
  page,
  consortium,
}) => {
  await openAccount(consortium, { bank: "verde", holder: "Xica Ramos", centavos: 0 });
  await page.goto("/cash");
  await page.getByRole("radio", { name: "Depósito" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.type("Banco V");
  await expect(page.getByRole("combobox", { name: /^Banco\W*$/ })).toHaveValue("verde");
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
