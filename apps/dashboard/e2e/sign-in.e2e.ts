import type { Consortium } from "@pacto/testbed";
import type { Page } from "@playwright/test";
import { openAccount, readAccount } from "./books.ts";
import { expect, test } from "./fixtures.ts";
import { browserOf, callBank, freshCode, HOME, memberOf, tokenOf } from "./sign-in.ts";

test.use({ person: null });

const HEADING = { name: "Entrar" } as const;

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

/** The whole way in. */
async function enter(page: Page, consortium: Consortium, person: string): Promise<void> {
  const member = await memberOf(consortium, person);
  await typePassword(page, member.email, member.password);
  await typeCode(page, await freshCode(member));
  await expect(page.getByRole("button", { name: "Sair" }).first()).toBeVisible();
}

test("a teller signs in with password and code, and out again", async ({ page, consortium }) => {
  await page.goto("/cash");
  await expect(page.getByRole("heading", HEADING)).toBeVisible();
  await expect(page.getByRole("link", { name: "Caixa" })).toHaveCount(0);
  const member = await memberOf(consortium, "teller");
  await typePassword(page, member.email, "wrong wrong wrong");
  await expect(page.getByRole("alert").filter({ hasText: "não confere" })).toBeVisible();
  await typePassword(page, member.email, member.password);
  await typeCode(page, "000000");
  await expect(page.getByRole("alert").filter({ hasText: "não confere" })).toBeVisible();
  await typeCode(page, await freshCode(member));
  // The page that was asked for, and a menu of what a teller may.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Caixa");
  const cookies = await page.context().cookies();
  expect(cookies.find(({ name }) => name === "__Host-pacto-session")).toMatchObject({
    httpOnly: true,
    secure: true,
    sameSite: "Strict",
  });
  await page.getByRole("button", { name: "Sair" }).first().click();
  await expect(page.getByRole("heading", HEADING)).toBeVisible();
});

test("five wrong passwords close the account for a while", async ({ page, consortium }) => {
  const { email, password } = await memberOf(consortium, "operator");
  await page.goto("/");
  for (let failure = 0; failure < 5; failure += 1) {
    const answer = page.waitForResponse(/\/api\/session\/password$/);
    await typePassword(page, email, "wrong wrong wrong");
    expect((await answer).status()).toBe(401);
  }
  // The right one opens nothing then, and the page says until when.
  await typePassword(page, email, password);
  await expect(page.getByRole("alert").filter({ hasText: "erros demais" })).toContainText(
    /Tente de novo em 1[45] minutos/,
  );
});

test("a session that is ended elsewhere loses nothing that was typed", async ({
  page,
  browser,
  consortium,
}) => {
  const member = await memberOf(consortium, "supervisor");
  await page.goto("/clients/new");
  await enter(page, consortium, "supervisor");
  await page.goto("/clients/new");
  await page.getByLabel("CPF ou CNPJ").fill("390.533.447-05");

  const other = await browserOf(browser, consortium, "supervisor");
  await other.goto("/sessions");
  const open = other.getByRole("table", { name: "Sessões" }).locator("tbody tr");
  await expect(open.filter({ hasText: "Esta sessão" })).toHaveCount(1);
  await expect(open.filter({ hasText: "Linux" })).not.toHaveCount(0);
  await other.getByRole("button", { name: "Encerrar as outras" }).click();
  await other.getByRole("alertdialog").getByRole("button", { name: "Encerrar as outras" }).click();
  await expect(open).toHaveCount(1);

  // Whatever the page asks of the bank next is refused, and it asks the person in again.
  const dialog = page.getByRole("dialog", HEADING);
  await expect(dialog).toBeVisible({ timeout: 60_000 });
  await expect(dialog.getByLabel("E-mail")).toHaveValue(member.email);
  await dialog.getByLabel("Senha").fill(member.password);
  await dialog.getByRole("button", { name: "Continuar" }).click();
  await typeCode(page, await freshCode(member));
  await expect(dialog).toHaveCount(0);
  await expect(page.getByLabel("CPF ou CNPJ")).toHaveValue("390.533.447-05");
  await other.context().close();
});

test("a teller who opens the auditor's page is told why there is nothing", async ({
  browser,
  consortium,
}) => {
  const teller = await browserOf(browser, consortium, "teller");
  await teller.goto("/audit");
  const main = teller.getByRole("main");
  await expect(main).toContainText("Esta página não é para a sua função");
  await expect(main).toContainText("Ela é para: auditoria. Você entrou como: caixa.");
  await expect(teller.getByRole("link", { name: "Auditoria" })).toHaveCount(0);
  // The page is only being kind: it is the bank that refuses.
  const status = await teller.evaluate(async (bank) => {
    const answer = await fetch(`/api/banks/${bank}/trpc/audit.events?input=%7B%7D`);
    return answer.status;
  }, HOME);
  expect(status).toBe(403);
  await teller.context().close();
});

test("two persons approve in two browsers, and the audit shows both", async ({
  browser,
  consortium,
}) => {
  await demandTwoPersonsFrom(consortium, 90_000_00);
  const account = await openAccount(consortium, {
    bank: HOME,
    holder: "Selma Pinho",
    centavos: 100_000_00,
  });
  const teller = await browserOf(browser, consortium, "teller");
  await teller.goto(`/cash?bank=${HOME}&account=${account.number}`);
  await teller.getByText("Saque", { exact: true }).click();
  await expect(teller.getByRole("combobox", { name: "Conta" })).toHaveValue(/Selma Pinho/);
  await teller.getByLabel("Valor").fill("95000");
  await teller.getByRole("button", { name: "Conferir saque" }).click();
  await teller
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Sacar/ })
    .click();
  await teller.getByRole("button", { name: "Pedir aprovação" }).click();
  const asking = teller.getByRole("dialog");
  await asking.getByLabel("Motivo").fill("Compra de um imóvel");
  await asking.getByRole("button", { name: "Pedir aprovação" }).click();
  await expect(teller.getByText("Pedido feito. Um colega decide.")).toBeVisible();

  const supervisor = await browserOf(browser, consortium, "supervisor");
  await supervisor.goto("/approvals");
  const waiting = supervisor.getByRole("article", { name: "Sacar em dinheiro" });
  await expect(waiting).toContainText("R$\u00a095.000,00");
  await waiting.getByRole("button", { name: "Aprovar" }).click();
  await supervisor.getByRole("dialog").getByRole("button", { name: "Aprovar" }).click();
  await expect(waiting).toHaveCount(0);
  await supervisor.goto("/approvals?view=all");
  await expect(waiting).toContainText("Aprovado e executado");
  expect((await readAccount(consortium, account)).ledgerCentavos).toBe(5_000_00);

  const auditor = await browserOf(browser, consortium, "auditor");
  await auditor.goto(`/audit?bank=${HOME}&action=approvals.`);
  const events = auditor.getByRole("table", { name: "O que foi feito" }).getByRole("row");
  for (const [person, action] of [
    ["teller", "approvals.request"],
    ["supervisor", "approvals.approve"],
  ] as const) {
    const { id } = (await tokenOf(consortium, person)).person;
    await expect(events.filter({ hasText: action }).filter({ hasText: id })).toHaveCount(1);
  }
  for (const page of [teller, supervisor, auditor]) await page.context().close();
});

/** The bank's rule, which itself takes two: Ana asks, Bruno allows it. */
async function demandTwoPersonsFrom(consortium: Consortium, centavos: number): Promise<void> {
  const [ana, bruno] = [await tokenOf(consortium, "ana"), await tokenOf(consortium, "bruno")];
  const payload = { isRequired: false, amountFromCentavos: centavos };
  const { approval } = await callBank<{ approval: { id: string; hash: string } }>(
    consortium,
    "approvals.request",
    {
      input: {
        idempotencyKey: crypto.randomUUID(),
        request: { kind: "approvals.setRules", payload },
        reason: "What takes two persons",
      },
      token: ana.token,
    },
  );
  const { id, hash } = approval;
  await callBank(consortium, "approvals.approve", {
    input: { idempotencyKey: crypto.randomUUID(), id, hash },
    token: bruno.token,
  });
}
