import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { type Frame, writeApng } from "./apng.ts";
import { openAccount } from "./books.ts";
import { expect, test } from "./fixtures.ts";
import { signIn } from "./sign-in.ts";
import { bankState, composeTransfer, present, sendTransfer, standing } from "./teller.ts";

const folder = path.resolve(
  process.env["PACTO_SHOTS_DIR"] ?? path.join(import.meta.dirname, "../../../docs"),
);
const BYTES_MAX = 3_000_000;
const FRAME_MS = 350;

/** A composite survives a bank that is killed: what README shows. */
test("a film of a composite and a killed bank", async ({ browser, consortium, baseURL }) => {
  await mkdir(folder, { recursive: true });
  for (const [bank, holder, centavos] of [
    ["azul", "Ana Souza", 1_000_00],
    ["verde", "Bruno Lima", 500_00],
    ["ambar", "Clara Reis", 800_00],
    ["coral", "Davi Melo", 0],
  ] as const) {
    await openAccount(consortium, { bank, holder, centavos });
  }
  const context = await browser.newContext({
    baseURL: baseURL ?? "",
    locale: "pt-BR",
    colorScheme: "light",
    viewport: { width: 1_100, height: 700 },
  });
  await signIn(context, consortium, "ana");
  const page = await context.newPage();
  const film = new Film(page);
  const coral = consortium.bank("coral");
  await coral.stop();
  await coral.start({ failpoints: { "participant:before-decision": { action: "kill" } } });

  const from = [
    { bank: "Banco Azul", holder: "Ana Souza", amount: "200" },
    { bank: "Banco Verde", holder: "Bruno Lima", amount: "300" },
    { bank: "Banco Âmbar", holder: "Clara Reis", amount: "150" },
  ];
  await composeTransfer(page, from, [{ bank: "Banco Coral", holder: "Davi Melo" }]);
  await expect(page.getByText("Todos os bancos podem aceitar.")).toBeVisible();
  await film.shoot(2_200);
  await sendTransfer(page, "R$\u00a0650,00");
  await film.shootUntil(async () => coral.state === "down", 12);
  await expect(bankState(page, "Banco Coral")).toContainText("Offline");
  await film.shootUntil(() => Promise.resolve(false), 5);
  film.hold(2_200);
  await coral.start();
  await film.shootUntil(
    async () => (await standing(page).innerText()).includes("Concluída em"),
    14,
  );
  await expect(standing(page)).toContainText("Concluída em todos os bancos");
  await expect(bankState(page, "Banco Coral")).toContainText(present);
  await film.shoot(3_000);
  const file = film.develop();
  expect(file.length).toBeLessThan(BYTES_MAX);
  await writeFile(path.join(folder, "killed-bank.png"), file);
});

class Film {
  readonly #page: Page;
  readonly #frames: Frame[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  /** A frame; one that shows nothing new makes the one before longer. */
  async shoot(ms = FRAME_MS): Promise<void> {
    const png = await this.#page.screenshot();
    const last = this.#frames.at(-1);
    if (last?.png.equals(png) === true) this.hold(ms);
    else this.#frames.push({ png, ms });
  }

  async shootUntil(isOver: () => Promise<boolean>, atMost: number): Promise<void> {
    for (let frame = 0; frame < atMost && !(await isOver()); frame += 1) await this.shoot();
  }

  hold(ms: number): void {
    const last = this.#frames.pop();
    if (last !== undefined) this.#frames.push({ ...last, ms: last.ms + ms });
  }

  develop(): Buffer {
    return writeApng(this.#frames);
  }
}
