import { expect, test } from "./fixtures.ts";
import { composeTransfer, progressOf, sendTransfer, standing, welcomeClient } from "./teller.ts";

const reais = (text: string) => `R$\u00a0${text}`;

/** The main job: 200 + 300 + 150 from three banks arrive as 650 at a fourth, or nothing happens. */
test("a teller moves money from three banks to a fourth, all or nothing", async ({ page }) => {
  await page.goto("/");
  const azul = await welcomeClient(page, {
    bank: "Banco Azul",
    taxId: "390.533.447-05",
    name: "Maria da Silva",
    deposit: "1000",
  });
  const verde = await welcomeClient(page, {
    bank: "Banco Verde",
    taxId: "821.785.374-64",
    name: "João Pereira",
    deposit: "500",
  });
  const ambar = await welcomeClient(page, {
    bank: "Banco Âmbar",
    taxId: "12.ABC.345/01DE-35",
    name: "Padaria Pão Nosso Ltda.",
    deposit: "800",
  });
  const coral = await welcomeClient(page, {
    bank: "Banco Coral",
    taxId: "555.502.077-53",
    name: "Ana Beatriz Souza",
    deposit: "",
  });

  await test.step("650.00 arrive", async () => {
    const from = [
      { bank: "Banco Azul", holder: "Maria", amount: "200" },
      { bank: "Banco Verde", holder: "João", amount: "300" },
      { bank: "Banco Âmbar", holder: "Padaria", amount: "150" },
    ];
    await composeTransfer(page, from, [{ bank: "Banco Coral", holder: "Ana" }]);
    await expect(page.getByText("Todos os bancos podem aceitar.")).toBeVisible();
    await sendTransfer(page, reais("650,00"));
    await expect(standing(page)).toContainText("Concluída em todos os bancos");
    for (const bank of ["Banco Azul", "Banco Verde", "Banco Âmbar", "Banco Coral"]) {
      await expect(progressOf(page, bank)).toContainText("Aplicada");
    }
  });

  await test.step("each statement shows its entry", async () => {
    const ends = [
      ["azul", azul, "-R$\u00a0200,00", "800,00"],
      ["verde", verde, "-R$\u00a0300,00", "200,00"],
      ["ambar", ambar, "-R$\u00a0150,00", "650,00"],
      ["coral", coral, "+R$\u00a0650,00", "650,00"],
    ] as const;
    for (const [bank, number, amount, balance] of ends) {
      await page.goto(`/accounts/${bank}/${number}`);
      const statement = page.getByRole("table", { name: "Extrato" });
      const entry = statement.getByRole("row").nth(1);
      await expect(entry).toContainText(/Transferência (enviada|recebida)/);
      await expect(entry).toContainText(amount);
      await expect(page.getByRole("region", { name: "Saldos" })).toContainText(reais(balance));
    }
  });

  await test.step("one centavo short at one bank moves nothing anywhere", async () => {
    const from = [
      { bank: "Banco Azul", holder: "Maria", amount: "10" },
      { bank: "Banco Verde", holder: "João", amount: "10" },
      { bank: "Banco Âmbar", holder: "Padaria", amount: "650,01" },
    ];
    await composeTransfer(page, from, [{ bank: "Banco Coral", holder: "Ana" }]);
    const lacks = `Faltam ${reais("0,01")} na conta ${ambar} do banco Âmbar`;
    await expect(page.getByRole("group", { name: "Origem 3" })).toContainText(lacks);
    await sendTransfer(page, reais("670,01"));
    await expect(standing(page)).toContainText("Nada foi movido");
    await expect(standing(page)).toContainText(lacks);
    await page.goto(`/accounts/coral/${coral}`);
    await expect(page.getByRole("region", { name: "Saldos" })).toContainText(reais("650,00"));
    await page.goto(`/accounts/azul/${azul}`);
    await expect(page.getByRole("region", { name: "Saldos" })).toContainText(reais("800,00"));
  });
});
