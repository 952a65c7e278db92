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

// Here the coordinator alone decides, so that its death leaves the others in doubt.
test.use({ decider: "local" });

/** How long one bank thinks about its vote: the dashboard learns the transfer's id meanwhile. */
const VOTES_AFTER_MS = 1_500;

interface Death {
  readonly name: string;
  readonly failpoint: string;
  readonly outcomes: readonly string[];
}

const NOTHING = "Nada foi movido";
const DONE = "Concluída em todos os bancos";

const deaths: readonly Death[] = [
  {
    name: "before its decision",
    failpoint: "coordinator:votes-gathered",
    // Back within the time to prepare it gathers the votes again; later it gives up.
    outcomes: [NOTHING, DONE],
  },
  {
    name: "after its decision",
    failpoint: "coordinator:after-decide",
    outcomes: [DONE],
  },
];

for (const [at, { name, failpoint, outcomes }] of deaths.entries()) {
  /** Nothing is lost, nothing is half-done, and nobody has to do anything but start the bank. */
  test(`the coordinator killed ${name}: the others hold on, then all settles`, async ({
    page,
    consortium,
  }) => {
    const payer = await openAccount(consortium, {
      bank: "verde",
      holder: `Ivo Sales ${at}`,
      centavos: 100_00,
    });
    const payee = await openAccount(consortium, {
      bank: "coral",
      holder: `Lia Paz ${at}`,
      centavos: 0,
    });
    const coordinator = consortium.bank("azul");
    await coordinator.stop();
    await coordinator.start({ failpoints: { [failpoint]: { action: "kill" } } });
    const slow = consortium.bank("verde");
    await slow.stop();
    await slow.start({
      failpoints: { "participant:before-prepare": { action: "pause", ms: VOTES_AFTER_MS } },
    });

    const from = [{ bank: "Banco Verde", holder: payer.holder, amount: "60" }];
    await composeTransfer(page, from, [{ bank: "Banco Coral", holder: payee.holder }]);
    await page.getByLabel("Banco que coordena").selectOption({ label: "Banco Azul" });
    await sendTransfer(page, "R$\u00a060,00");
    await expect.poll(() => coordinator.state).toBe("down");

    await expect(bankState(page, "Banco Azul")).toContainText("Offline", { timeout: 2_000 });
    await expect(standing(page)).toContainText("Esperando por Banco Azul.");
    await expect(progressOf(page, "Banco Verde")).toContainText(
      `R$\u00a060,00 reservados na conta ${payer.number}`,
    );
    expect((await readAccount(consortium, payer)).heldCentavos).toBe(60_00);

    const transfer = page.url();
    await page.getByRole("link", { name: "Em dúvida" }).click();
    const waiting = page.getByRole("listitem").filter({ hasText: "R$\u00a060,00 reservados" });
    await expect(waiting).toContainText("Só Banco Azul decide, e não responde");
    await page.goto(transfer);
    await expect(standing(page)).toContainText("A decisão ainda não é conhecida");
    await expect(progressOf(page, "Banco Verde")).toContainText("R$\u00a060,00 reservados");

    await coordinator.start();
    await expect(standing(page)).toContainText(new RegExp(outcomes.join("|")), { timeout: 30_000 });
    const paid = (await standing(page).innerText()).includes(DONE);
    await expect
      .poll(() => readAccount(consortium, payer))
      .toMatchObject({
        ledgerCentavos: paid ? 40_00 : 100_00,
        heldCentavos: 0,
      });
    expect((await readAccount(consortium, payee)).ledgerCentavos).toBe(paid ? 60_00 : 0);
  });
}

test("an answer that never came is told as unknown, and asking again never pays twice", async ({
  page,
  consortium,
}) => {
  const payer = await openAccount(consortium, {
    bank: "azul",
    holder: "Otto Gama",
    centavos: 90_00,
  });
  const payee = await openAccount(consortium, { bank: "coral", holder: "Eva Lira", centavos: 0 });
  const coordinator = consortium.bank("azul");
  await coordinator.stop();
  await coordinator.start({ failpoints: { "coordinator:after-begin": { action: "kill" } } });

  const from = [{ bank: "Banco Azul", holder: "Otto", amount: "25" }];
  await composeTransfer(page, from, [{ bank: "Banco Coral", holder: "Eva" }]);
  await page.getByRole("button", { name: "Conferir e enviar" }).click();
  await page.getByRole("button", { name: "Transferir R$\u00a025,00" }).click();
  const unknown = page.getByRole("alert").filter({ hasText: "Ainda não se sabe" });
  await expect(unknown).toBeVisible();

  await page.reload();
  await expect(unknown).toBeVisible();
  await expect(page.getByRole("group", { name: "Origem 1" }).getByLabel("Valor")).toBeDisabled();
  await coordinator.start();
  await expect(bankState(page, "Banco Azul")).toContainText(present);
  await page.getByRole("button", { name: "Perguntar de novo" }).click();
  await expect(page).toHaveURL(/\/transfers\/azul\/[0-9a-f-]{36}$/);
  await expect(standing(page)).toContainText(/Concluída em todos os bancos|Nada foi movido/);
  const { ledgerCentavos } = await readAccount(consortium, payer);
  expect([90_00, 65_00]).toContain(ledgerCentavos);
  expect((await readAccount(consortium, payee)).ledgerCentavos).toBe(90_00 - ledgerCentavos);
});
