import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseRunnableManifest } from "@pacto/contract";
import { loadSigningKey } from "@pacto/contract/signing";
import { inject, onTestFinished, beforeEach, describe, expect, it } from "vitest";
import { withClient } from "../postgres/bank-database.ts";
import { repositoryFolder } from "../repository.ts";
import { openDatabase } from "./open-database.ts";
import { prepareConsortium, superuserPasswordFile } from "./prepare-consortium.ts";
import { writeSecret } from "./write-secret.ts";

const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const template = join(repositoryFolder(), "consortium/brasil.json");
const banks = ["azul", "verde", "ambar", "coral", "violeta"];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pacto-containers-"));
  onTestFinished(() => rm(folder, { recursive: true }));
});

async function prepare(): Promise<void> {
  await prepareConsortium({ template, folder, owners: { program: owner, database: owner } });
}

async function modeOf(...path: string[]): Promise<number> {
  return (await stat(join(folder, ...path))).mode & 0o777;
}

describe("a consortium of containers", () => {
  it("gets a manifest that all banks have signed, with the services' names as addresses", async () => {
    await prepare();
    const path = join(folder, "manifest.json");
    const manifest = parseRunnableManifest(await readFile(path, "utf8"), path);
    expect(manifest.members.map(({ id, url }) => [id, url])).toEqual(
      banks.map((id) => [id, `http://${id}:8080`]),
    );
    for (const { id, publicKeys } of manifest.members) {
      const key = await loadSigningKey(join(folder, id, "private-key.pem"));
      expect(publicKeys.map(({ keyId }) => keyId)).toEqual([key.keyId]);
    }
  });

  it("keeps its keys and passwords when it is prepared again", async () => {
    const contents = () =>
      Promise.all(
        [
          "manifest.json",
          "azul/staff.json",
          "azul/private-key.pem",
          "azul-postgres/superuser-password",
        ]
          .map((path) => join(folder, path))
          .map((path) => readFile(path, "utf8")),
      );
    await prepare();
    const first = await contents();
    await prepare();
    expect(await contents()).toEqual(first);
  });

  it("closes every secret to others, and has a password for each database", async () => {
    await prepare();
    const passwords = new Set<string>();
    for (const bank of banks) {
      expect(await modeOf(bank)).toBe(0o700);
      expect(await modeOf(bank, "private-key.pem")).toBe(0o600);
      expect(await modeOf(bank, "staff.json")).toBe(0o600);
      expect(await modeOf(bank, "sign-in-secret")).toBe(0o600);
      expect(await modeOf(`${bank}-postgres`)).toBe(0o700);
      expect(await modeOf(`${bank}-postgres`, "superuser-password")).toBe(0o600);
      passwords.add(await readFile(superuserPasswordFile(folder, bank), "utf8"));
    }
    expect(passwords.size).toBe(banks.length);
  });

  it("tells each node how to reach its database, as the service and as the owner", async () => {
    const server = new URL(inject("postgresUrl"));
    await prepare();
    await writeSecret(superuserPasswordFile(folder, "coral"), server.password);
    const open = () => openDatabase({ folder, bank: "coral", server: server.host, owner });
    const urls = () =>
      Promise.all(
        ["database-url", "migration-database-url"].map(async (name) => {
          expect(await modeOf("coral", name)).toBe(0o600);
          return (await readFile(join(folder, "coral", name), "utf8")).trim();
        }),
      );
    await open();
    const [service = "", migrator = ""] = await urls();
    await withClient(migrator, (client) => client.query("create table t (id int)"));
    await withClient(service, async (client) => {
      await expect(client.query("drop table t")).rejects.toThrow("must be owner");
    });
    await open();
    expect(await urls()).toEqual([service, migrator]);
  });
});
