import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBankDatabase } from "@pacto/bank-node/test-database";
import type { Manifest } from "@pacto/contract";
import { readTemplate } from "../consortium/resolve-manifest.ts";
import {
  type Consortium,
  type ConsortiumOptions,
  startConsortium,
} from "../consortium/start-consortium.ts";
import { demandCleanLogs } from "../logs/demand-clean-logs.ts";
import { repositoryFolder } from "../repository.ts";

export interface TestConsortiumOptions extends Partial<
  Omit<ConsortiumOptions, "manifest" | "dataDir" | "databases" | "postgres">
> {
  /** Name of a manifest in `consortium/`; `branches`, the smaller one, unless given. */
  readonly manifest?: "brasil" | "branches";
  /** What a test wants otherwise in it. */
  readonly change?: (manifest: Manifest) => Manifest;
}

/**
 * A consortium of real node processes over databases of its own on the test run's PostgreSQL.
 * `stop` removes all of it. A test that kills the database server itself takes `startConsortium`
 * with a server of its own.
 */
export async function startTestConsortium({
  manifest = "branches",
  change = (wanted) => wanted,
  ...options
}: TestConsortiumOptions = {}): Promise<Consortium> {
  const dataDir = await mkdtemp(join(tmpdir(), "pacto-consortium-"));
  const template = await readTemplate(join(repositoryFolder(), "consortium", `${manifest}.json`));
  const path = join(dataDir, "template.json");
  await writeFile(path, JSON.stringify(change(template)));
  const { members } = template;
  const databases = await Promise.all(
    members.map(async ({ id }) => [id, await createBankDatabase()] as const),
  );
  const remove = async () => {
    await Promise.all(databases.map(([, database]) => database.drop()));
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const consortium = await startConsortium({
      ...options,
      manifest: path,
      dataDir,
      databases: Object.fromEntries(databases),
    });
    const stop = async () => {
      await consortium.stop();
      try {
        await demandCleanLogs(dataDir);
      } finally {
        await remove();
      }
    };
    return { ...consortium, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}
