import { gzipSync } from "node:zlib";
import { seedDemo } from "@pacto/testbed";
import type { CDPSession, Page } from "@playwright/test";
import { placeGroups } from "../src/features/shell/places.ts";
import { openAccount } from "./books.ts";
import { expect, test } from "./fixtures.ts";
import { fillAccounts } from "./fill-accounts.ts";

/** Of the scripts that a page asks for until it has loaded, each compressed by itself. */
const LIMIT_BYTES = 260 * 1_024;

test("no page asks for more than 260 KB of scripts before it stands", async ({
  browser,
  consortium,
  baseURL,
}) => {
  await seedDemo(consortium);
  const account = await openAccount(consortium, { bank: "azul", holder: "Peso Pena", centavos: 0 });
  const addresses = [
    ...placeGroups.flatMap(({ places }) => places.map(({ href }): string => href)),
    "/clients/new",
    "/accounts/new",
    `/accounts/azul/${account.number}`,
    "/transfers/azul/00000000-0000-7000-8000-000000000000",
    "/trace",
  ];
  const weights: [string, number][] = [];
  for (const address of addresses) {
    // A browser of its own: nothing is kept from the page before.
    const context = await browser.newContext({ baseURL: baseURL ?? "" });
    const page = await context.newPage();
    const sizes: Promise<number>[] = [];
    let hasLoaded = false;
    page.on("response", (response) => {
      if (hasLoaded || response.request().resourceType() !== "script") return;
      sizes.push(response.body().then((body) => gzipSync(body).length));
    });
    await page.goto(address, { waitUntil: "load" });
    hasLoaded = true;
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    weights.push([address, bytes]);
    await context.close();
  }
  const lines = weights.map(([address, bytes]) => `${(bytes / 1_024).toFixed(1)} KB  ${address}`);
  process.stdout.write(`JavaScript of the first load, gzip:\n${lines.join("\n")}\n`);
  expect(weights.filter(([, bytes]) => bytes > LIMIT_BYTES)).toEqual([]);
  // A page without any script would be weighed wrongly, not light.
  expect(weights.filter(([, bytes]) => bytes < 20 * 1_024)).toEqual([]);
});

const ACCOUNTS = 10_000;
const SLOWDOWN = 4;
const PAINT_MS_MAX = 100;
const MINUTES = Number(process.env["PACTO_WEIGHT_MINUTES"] ?? "5");
/** Of the heap after a collection; an hour may not add more. */
const GROWTH_BYTES_MAX = 4 * 1_024 * 1_024;

test("the overview of five full banks answers at once and keeps its memory", async ({
  page,
  consortium,
}) => {
  for (const { id } of consortium.manifest.members) await fillAccounts(consortium, id, ACCOUNTS);
  await page.goto("/");
  await expect(page.getByText(/10\.000/).first()).toBeVisible();
  const session = await page.context().newCDPSession(page);

  await test.step("interaction to next paint at a quarter of the speed", async () => {
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
    const slowest = await watchInteractions(page);
    for (const theme of ["Tema escuro", "Tema claro", "Tema escuro", "Tema claro"]) {
      await page.getByRole("button", { name: theme }).click();
    }
    for (let n = 0; n < 3; n += 1) {
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("dialog")).toBeVisible();
      await page.keyboard.type("mar");
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toBeHidden();
    }
    for (let n = 0; n < 6; n += 1) await page.keyboard.press("Tab");
    const paints = await slowest();
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    const told = paints.map(({ name, ms }) => `${ms} ms ${name}`).join(", ");
    process.stdout.write(`Interactions, slowest first: ${told}\n`);
    expect(paints.length).toBeGreaterThan(5);
    expect(paints.filter(({ ms }) => ms > PAINT_MS_MAX)).toEqual([]);
  });

  await test.step(`memory over ${MINUTES} minutes`, async () => {
    const before = await usedBytes(session);
    const sizes = [before];
    for (let minute = 0; minute < MINUTES; minute += 1) {
      // Time itself is what is measured here.
      await page.waitForTimeout(60_000);
      sizes.push(await usedBytes(session));
    }
    const told = sizes.map((bytes) => (bytes / 1_048_576).toFixed(1)).join(" ");
    process.stdout.write(`Heap in MB, minute by minute: ${told}\n`);
    // The first minute still fills caches.
    const growth = (sizes.at(-1) ?? 0) - (sizes[1] ?? before);
    expect(growth, told).toBeLessThan(GROWTH_BYTES_MAX);
  });
});

interface Paint {
  readonly name: string;
  readonly ms: number;
}

/** Notes every interaction from now on; gives them, slowest first. */
async function watchInteractions(page: Page): Promise<() => Promise<Paint[]>> {
  await page.evaluate(() => {
    const seen: [string, number, number][] = [];
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { interactionId = 0 } = entry as PerformanceEntry & { interactionId?: number };
        if (interactionId > 0) seen.push([entry.name, interactionId, entry.duration]);
      }
    }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  });
  return async () => {
    const seen = await page.evaluate(
      () => (window as unknown as { seen: [string, number, number][] }).seen,
    );
    const slowest = new Map<number, Paint>();
    for (const [name, id, ms] of seen) {
      if (ms > (slowest.get(id)?.ms ?? 0)) slowest.set(id, { name, ms });
    }
    return [...slowest.values()].toSorted((one, other) => other.ms - one.ms);
  };
}

async function usedBytes(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number };
  return usedSize;
}
