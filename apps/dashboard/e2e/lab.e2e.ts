import { expect, test } from "./fixtures.ts";
import { bankState, present } from "./teller.ts";

/** The scenario that everybody asks for, done by its buttons alone. */
test("the coordinator dies after the votes, under the eyes of a room", async ({ page }) => {
  await page.goto("/lab");
  await page.getByRole("button", { name: /Quem coordena morre depois dos votos/ }).click();
  const next = page.getByRole("button", { name: "Fazer", exact: true });
  await next.click();
  await expect(page.getByText(/^Armado: matar/)).toBeVisible();
  await next.click();
  await expect(bankState(page, "Banco Azul")).toContainText("Offline");
  await expect(page.getByText(/^Parou às/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Linha do tempo" })).toBeVisible();
  await next.click();
  await expect(bankState(page, "Banco Azul")).toContainText(present);
  const outcome = page
    .getByRole("status")
    .filter({ hasText: /Concluída em todos|Nada foi movido/ });
  await expect(outcome).toBeVisible();
  await expect(page.getByText("3 atos gravados")).toBeVisible();
});

test("a link is cut with a click, and mended", async ({ page }) => {
  await page.goto("/lab");
  await page.getByRole("button", { name: /^Banco Azul para Banco Verde: Boa/ }).click();
  await expect(
    page.getByRole("button", { name: /^Banco Verde para Banco Azul: Cortada/ }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Consertar tudo" }).click();
  await expect(
    page.getByRole("button", { name: /^Banco Verde para Banco Azul: Boa/ }),
  ).toBeVisible();
});

test("presenting hides the menu, and the address keeps it", async ({ page }) => {
  await page.goto("/lab");
  await page.getByRole("button", { name: "Apresentar" }).click();
  await expect(page.getByRole("navigation", { name: "Páginas" })).toBeHidden();
  await page.reload();
  await expect(page.getByRole("navigation", { name: "Páginas" })).toBeHidden();
  await page.getByRole("button", { name: "Encerrar apresentação" }).click();
  await expect(page.getByRole("navigation", { name: "Páginas" })).toBeVisible();
});
