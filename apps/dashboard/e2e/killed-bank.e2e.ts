import { openAccount, readAccount } from "./books.ts";
import { expect, test } from "./fixtures.ts";
import {
  bankState,
  composeTransfer,
  present,
  progressOf,
  sendTransfer,
  standing,
} from "./teller.ts";

const SHOWN_WITHIN_MS = 2_000;

/**
 * A bank that dies between its yes and the decision's delivery keeps its promise: the dashboard
 * shows it offline, what it holds and who is waited for; when it is back, everything settles.
 */
test("a bank killed after its yes is waited for, and settles when it is back", async ({
  page,
  consortium,
}) => {
  const azul = await openAccount(consortium, {
    bank: "azul",
    holder: "Rita Prado",
    centavos: 500_00,
  });
  const ambar = await openAccount(consortium, {
    bank: "ambar",
    holder: "Caio Luz",
    centavos: 300_00,
  });
  const coral = await openAccount(consortium, { bank: "coral", holder: "Davi Reis", centavos: 0 });
  const bank = consortium.bank("ambar");
  await bank.stop();
  await bank.start({ failpoints: { "participant:before-decision": { action: "kill" } } });

  await page.goto("/");
  await expect(bankState(page, "Banco Âmbar")).toContainText(present);
  const from = [
    { bank: "Banco Azul", holder: "Rita", amount: "200" },
    { bank: "Banco Âmbar", holder: "Caio", amount: "150" },
  ];
  await composeTransfer(page, from, [{ bank: "Banco Coral", holder: "Davi" }]);
  await sendTransfer(page, "R$\u00a0350,00");
  await expect.poll(() => bank.state).toBe("down");

  await expect(bankState(page, "Banco Âmbar")).toContainText("Offline", {
    timeout: SHOWN_WITHIN_MS,
  });
  await expect(standing(page)).toContainText("Esperando por Banco Âmbar.");
  await expect(progressOf(page, "Banco Âmbar")).toContainText("Sim");
  await expect(progressOf(page, "Banco Âmbar")).toContainText(
    `R$\u00a0150,00 reservados na conta ${ambar.number}`,
  );
  await expect(progressOf(page, "Banco Coral")).toContainText("Aplicada");
  await expect(bankState(page, "Banco Azul")).toContainText(present);

  await bank.start();
  await expect(standing(page)).toContainText("Concluída em todos os bancos");
  await expect(progressOf(page, "Banco Âmbar")).toContainText("Aplicada");
  expect((await readAccount(consortium, azul)).ledgerCentavos).toBe(300_00);
  expect(await readAccount(consortium, ambar)).toMatchObject({
    ledgerCentavos: 150_00,
    heldCentavos: 0,
  });
  expect((await readAccount(consortium, coral)).ledgerCentavos).toBe(350_00);
});

test("a dead bank shows within two seconds, its figures with their age, and the rest goes on", async ({
  page,
  consortium,
}) => {
  await openAccount(consortium, { bank: "violeta", holder: "Nara Dias", centavos: 70_00 });
  const bank = consortium.bank("violeta");
  await page.goto("/");
  const card = page.getByRole("listitem").filter({
    has: page.getByRole("heading", { name: "Banco Violeta" }),
  });
  // Other tests may have left money at this bank: what counts is that the figure stays.
  const balances = /Saldos\s*(R\$\s[\d.]+,\d{2})/;
  await expect(card).toContainText(balances);
  const sum = balances.exec(await card.innerText())?.[1] ?? "";
  await bank.kill();
  await expect(card).toContainText("Offline há", { timeout: SHOWN_WITHIN_MS });
  await expect(card).toContainText(/Dados de \d+ s atrás/);
  await expect(page.getByText(/^Ao menos R\$/).first()).toBeVisible();
  const lastKnown = page.getByText(/Sem Banco Violeta: R\$\s[\d.]+,\d{2} há \d+ s/).first();
  await expect(lastKnown).toContainText(sum);
  await expect(bankState(page, "Banco Azul")).toContainText(present);

  await page.goto("/transfers/new");
  const choice = page
    .getByRole("group", { name: "Origem 1" })
    .getByRole("combobox", { name: /^Banco/ });
  await expect(choice.getByRole("option", { name: "Banco Violeta — Offline" })).toBeDisabled();

  await bank.start();
  await expect(bankState(page, "Banco Violeta")).toContainText(present);
});
