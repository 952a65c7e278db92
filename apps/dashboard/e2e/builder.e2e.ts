import { openAccount, registerPixKey } from "./books.ts";
import { expect, test } from "./fixtures.ts";
import { sendTransfer, standing } from "./teller.ts";

/** Accounts by name at any bank, from a list and by PIX key; and where the transfer is followed. */
test("a composite is built from a list, a name and a PIX key, and followed in place", async ({
  page,
  consortium,
}) => {
  const from = await openAccount(consortium, {
    bank: "azul",
    holder: "Olga Prado",
    centavos: 500_00,
  });
  await openAccount(consortium, { bank: "verde", holder: "Paulo Queiroz", centavos: 500_00 });
  const to = await openAccount(consortium, { bank: "coral", holder: "Rita Sales", centavos: 0 });
  const third = await openAccount(consortium, {
    bank: "violeta",
    holder: "Tadeu Uchoa",
    centavos: 0,
  });
  await registerPixKey(consortium, to, "rita@example.com");
  await page.goto("/transfers/new");

  await test.step("a list brings what can be found and keeps the rest, with why", async () => {
    await page.getByRole("button", { name: "Colar lista" }).first().click();
    await page
      .getByLabel("Uma conta por linha")
      .fill(`azul/${from.number} 200,00\nroxo/10001-3 5,00`);
    await page.getByRole("button", { name: "Adicionar linhas" }).click();
    const first = page.getByRole("group", { name: "Origem 1" });
    await expect(first.getByRole("combobox", { name: "Conta" })).toHaveValue(/Olga Prado/);
    await expect(page.getByText("este banco não existe.")).toBeVisible();
    await expect(page.getByLabel("Uma conta por linha")).toHaveValue("roxo/10001-3 5,00");
  });

  await test.step("a name finds its account at whichever bank it is", async () => {
    await page.getByRole("button", { name: "Adicionar origem" }).click();
    const card = page.getByRole("group", { name: "Origem 2" });
    const account = card.getByRole("combobox", { name: "Conta" });
    await account.fill("Paulo");
    await expect(page.getByRole("option", { name: /Paulo/ })).toContainText("Banco Verde");
    await account.press("ArrowDown");
    await account.press("Enter");
    await expect(account).toHaveValue(/Paulo/);
    await expect(account).toBeFocused();
    await expect(card.getByRole("combobox", { name: /^Banco\W*$/ })).toHaveValue("verde");
    await card.getByLabel("Valor").fill("300");
  });

  await test.step("a key finds a destination; the remaining amount is one press away", async () => {
    const card = page.getByRole("group", { name: "Destino 1" });
    await card.getByRole("button", { name: "Localizar por chave PIX" }).click();
    await card.getByLabel("Chave PIX").fill("rita@example.com");
    await card.getByLabel("Chave PIX").press("Enter");
    await expect(card.getByRole("combobox", { name: /^Banco\W*$/ })).toHaveValue("coral");
    await card.getByLabel("Valor").fill("100");
    await page.getByRole("button", { name: "Adicionar destino" }).click();
    const rest = page.getByRole("group", { name: "Destino 2" });
    await rest.getByRole("combobox", { name: "Conta" }).fill("Tadeu");
    await expect(page.getByRole("option", { name: /Tadeu/ })).toBeVisible();
    await rest.getByRole("combobox", { name: "Conta" }).press("ArrowDown");
    await rest.getByRole("combobox", { name: "Conta" }).press("Enter");
    await rest.getByRole("button", { name: "Usar R$\u00a0400,00" }).click();
    await expect(page.getByText("Todos os bancos podem aceitar.")).toBeVisible();
  });

  await test.step("a bank that is away cannot be chosen, and says so", async () => {
    await consortium.bank("ambar").stop();
    const option = page
      .getByRole("group", { name: "Origem 1" })
      .getByRole("option", { name: "Banco Âmbar — Offline", includeHidden: true });
    await expect(option).toBeDisabled();
    await consortium.bank("ambar").start();
  });

  await test.step("what was sent is followed where it was built, under its own address", async () => {
    const loads: string[] = [];
    page.on("framenavigated", (frame) => loads.push(frame.url()));
    page.on("load", () => loads.push("loaded"));
    await sendTransfer(page, "R$\u00a0500,00");
    await expect(standing(page)).toContainText("Concluída em todos os bancos");
    expect(loads).not.toContain("loaded");
    await page.getByRole("link", { name: "Nova transferência" }).last().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nova transferência");
    await page.goto(`/accounts/violeta/${third.number}`);
    await expect(page.getByRole("region", { name: "Saldos" })).toContainText("R$\u00a0400,00");
  });
});
