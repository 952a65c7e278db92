import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Consortium, demandCleanLogs, startConsortium } from "@pacto/testbed";
import { test as base } from "@playwright/test";
import { signIn } from "./sign-in.ts";

const fiveBanks = path.join(import.meta.dirname, "../../../consortium/brasil.json");

interface WorkerFixtures {
  /** Who decides: as the manifest says, or each coordinator by itself. */
  decider: "manifest" | "local";
  /** Five real banks, their databases and the dashboard. */
  consortium: Consortium;
}

interface TestFixtures {
  /** Who is signed in: somebody of azul, or nobody. */
  person: string | null;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  person: ["ana", { option: true }],
  decider: ["manifest", { option: true, scope: "worker" }],
  consortium: [
    async ({ decider }, use) => {
      const folder = await mkdtemp(path.join(tmpdir(), "pacto-e2e-"));
      const manifest = path.join(folder, "manifest.json");
      const template = JSON.parse(await readFile(fiveBanks, "utf8")) as object;
      const wanted = decider === "local" ? { ...template, decider: { kind: "local" } } : template;
      await writeFile(manifest, JSON.stringify(wanted));
      const dataDir = path.join(folder, "data");
      try {
        const consortium = await startConsortium({
          manifest,
          dataDir,
          dashboard: true,
          lab: true,
          restartsAfterCrash: false,
        });
        await use(consortium);
        await consortium.stop();
        await demandCleanLogs(dataDir);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 180_000 },
  ],
  context: async ({ context, consortium, person }, use) => {
    if (person !== null) await signIn(context, consortium, person);
    await use(context);
  },
  baseURL: async ({ consortium }, use) => {
    await use(consortium.dashboard?.url ?? "");
  },
});

export { expect } from "@playwright/test";
