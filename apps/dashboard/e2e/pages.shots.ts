import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type Consortium, seedDemo } from "@pacto/testbed";
import type { Browser, Page } from "@playwright/test";
import { placeGroups } from "../src/features/shell/places.ts";
import { expect, test } from "./fixtures.ts";
import { signIn } from "./sign-in.ts";

/** PACTO_SHOTS="pt-BR light 1440" takes one variant only. */
const wanted = process.env["PACTO_SHOTS"] ?? "";
const folder = path.resolve(
  process.env["PACTO_SHOTS_DIR"] ?? path.join(import.meta.dirname, "../../../screenshots"),
);

const widths = [1440, 768] as const;
const PHONE = 390;

test("every page in both languages, both themes and three widths", async ({
  browser,
  consortium,
  baseURL,
}) => {
  await mkdir(folder, { recursive: true });
  await seedDemo(consortium);
  const paths = await pathsOf(consortium);
  const variants = (["pt-BR", "en"] as const).flatMap((locale) =>
    (["light", "dark"] as const).flatMap((theme) =>
      [...widths, PHONE].map((width) => ({ locale, theme, width })),
    ),
  );
  for (const variant of variants) {
    const name = `${variant.locale} ${variant.theme} ${variant.width}`;
    if (!name.includes(wanted)) continue;
    const page = await openAs(browser, consortium, { ...variant, url: baseURL ?? "" });
    for (const [shot, address] of Object.entries(paths)) {
      if (variant.width === PHONE && !/overview|approvals/.test(shot)) continue;
      await page.goto(address);
      await settle(page);
      const file = `${shot}.${name.replaceAll(" ", ".")}.png`;
      await page.screenshot({ path: path.join(folder, file), fullPage: true });
    }
    await page.context().close();
  }
});

interface Variant {
  readonly locale: "pt-BR" | "en";
  readonly theme: "light" | "dark";
  readonly width: number;
  readonly url: string;
}

async function openAs(browser: Browser, consortium: Consortium, variant: Variant): Promise<Page> {
  const { locale, theme, width, url } = variant;
  const context = await browser.newContext({
    baseURL: url,
    locale,
    colorScheme: theme,
    reducedMotion: "reduce",
    viewport: { width, height: width === PHONE ? 844 : 900 },
  });
  await context.addCookies([{ name: "pacto-locale", value: locale, url }]);
  await signIn(context, consortium, "ana");
  return context.newPage();
}

async function settle(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("[data-bank][data-state=unknown]")).toHaveCount(0);
  await expect(page.getByRole("status", { name: /^(Lendo|Reading)/ })).toHaveCount(0);
  await expect(page.getByText(/^(Lendo|Reading)…$/)).toHaveCount(0);
  await page.waitForLoadState("networkidle", { timeout: 1_500 }).catch(() => undefined);
}

/** What the menu names, and one page of each kind that it does not. */
async function pathsOf(consortium: Consortium): Promise<Record<string, string>> {
  const menu = placeGroups.flatMap(({ places }) =>
    places.map(({ name, href }): [string, string] => [name, href]),
  );
  const [transfers, accounts, clients] = await Promise.all([
    read<{ transfers: { id: string; purpose: string }[] }>(consortium, "transfers.list"),
    read<{ accounts: { number: string }[] }>(consortium, "accounts.list"),
    read<{ clients: { id: string }[] }>(consortium, "clients.list"),
  ]);
  const composite = transfers.transfers.find(({ purpose }) => purpose === "Presente da turma");
  const account = accounts.accounts.at(-1)?.number ?? "";
  return {
    ...Object.fromEntries(menu),
    transfer: `/transfers/azul/${composite?.id ?? ""}`,
    account: `/accounts/azul/${account}`,
    client: `/clients/azul/${clients.clients[0]?.id ?? ""}`,
    trace: "/trace",
    "new-client": "/clients/new",
    "new-account": "/accounts/new",
  };
}

async function read<Out>(consortium: Consortium, procedure: string): Promise<Out> {
  const answer = await fetch(`${consortium.bank("azul").url}/trpc/${procedure}?input=%7B%7D`, {
    headers: { authorization: `Bearer ${await consortium.tokenOf("azul")()}` },
  });
  return ((await answer.json()) as { result: { data: Out } }).result.data;
}
