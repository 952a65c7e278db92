import type { Page } from "@playwright/test";
import { openAccount } from "./books.ts";
import { expect, test } from "./fixtures.ts";
import { standing } from "./teller.ts";

/** Keystroke-level model (Card, Moran and Newell): seconds of an average person at each. */
const KEY_S = 0.28;
const CLICK_S = 1.3;
const THINK_S = 1.35;

/** 200 + 300 + 150 from three banks to a fourth, as somebody does it who sees the page first. */
test("a first composite takes less than two minutes of clicks, keys and thought", async ({
  page,
  consortium,
}) => {
  for (const [bank, holder, centavos] of [
    ["azul", "Iara Braga", 1_000_00],
    ["verde", "Jonas Lira", 500_00],
    ["ambar", "Katia Moura", 800_00],
    ["violeta", "Lauro Neri", 0],
  ] as const) {
    await openAccount(consortium, { bank, holder, centavos });
  }
  const hand = await countActs(page);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  await page.getByRole("link", { name: "Nova transferência" }).first().click();
  const sources = [
    ["azul", "Iara", "200"],
    ["verde", "Jonas", "300"],
    ["ambar", "Katia", "150"],
  ] as const;
  for (const [at, [bank, holder, amount]] of sources.entries()) {
    if (at > 0) await page.getByRole("button", { name: "Adicionar origem" }).click();
    await fill(page, `Origem ${at + 1}`, { bank, holder, amount });
  }
  await fill(page, "Destino 1", { bank: "violeta", holder: "Lauro" });
  await page.getByRole("button", { name: "Conferir e enviar" }).click();
  await page.getByRole("button", { name: "Transferir R$\u00a0650,00" }).click();
  await expect(standing(page)).toContainText("Concluída em todos os bancos");

  const counted = await hand.read();
  // The mouse takes one into the first field of each card; opened by a click, its list would take the keys.
  const clicks = counted.clicks + sources.length + 1;
  const { keys } = counted;
  // A pause for each field and each button that is looked for.
  const thoughts = 3 * sources.length + 2 + 5;
  const seconds = clicks * CLICK_S + keys * KEY_S + thoughts * THINK_S;
  const told = `${clicks} clicks, ${keys} keys, about ${Math.round(seconds)} s`;
  process.stdout.write(`A first composite: ${told}\n`);
  expect(seconds, told).toBeLessThan(120);
  expect(clicks, told).toBeGreaterThan(5);
  expect(keys, told).toBeGreaterThan(20);
});

/** By mouse into the first field of a card, then on by Tab. */
async function fill(
  page: Page,
  card: string,
  side: { readonly bank: string; readonly holder: string; readonly amount?: string },
): Promise<void> {
  const group = page.getByRole("group", { name: card });
  const bank = group.getByRole("combobox", { name: /^Banco/ });
  await bank.focus();
  while ((await bank.inputValue()) !== side.bank) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  if (side.amount !== undefined) await page.keyboard.type(side.amount);
  const account = group.getByRole("combobox", { name: "Conta" });
  await account.click();
  await page.keyboard.type(side.holder);
  await expect(page.getByRole("option", { name: new RegExp(side.holder) }).first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(account).toHaveValue(new RegExp(side.holder));
}

/** Counts what a hand does, over all pages of the tab: clicks with a button, keys that go down. */
async function countActs(page: Page) {
  await page.addInitScript(() => {
    const add = (what: string) =>
      sessionStorage.setItem(what, String(Number(sessionStorage.getItem(what) ?? "0") + 1));
    addEventListener("pointerdown", (event) => event.isTrusted && add("clicks"), true);
    addEventListener("keydown", (event) => event.isTrusted && add("keys"), true);
  });
  const read = async (what: string) =>
    Number(await page.evaluate((name) => sessionStorage.getItem(name), what));
  return { read: async () => ({ clicks: await read("clicks"), keys: await read("keys") }) };
}
