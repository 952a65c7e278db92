import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Manifest, Member } from "@pacto/contract";
import {
  generateSigningKey,
  saveSigningKey,
  signManifest,
  type SigningKey,
} from "@pacto/contract/signing";
import { readEnv } from "../src/env.ts";
import { noCrashPoint } from "../src/failpoints/crash-point.ts";
import { createLogger } from "../src/logger.ts";
import { startNode } from "../src/start-node.ts";
import { createBankDatabase, type TestBankDatabase } from "./bank-database.ts";

/** A consortium on paper: its manifest and every member's key, so that a test can sign as anybody. */
export interface Members {
  readonly manifest: Manifest;
  readonly keys: Readonly<Record<string, SigningKey>>;
}

/** A whole node of one bank behind its port, with a manifest file and a database of its own. */
export interface NodeOverHttp {
  readonly url: string;
  readonly manifestFile: string;
  readonly database: TestBankDatabase;
  /** What the node logged so far, a JSON text a line. */
  readonly lines: readonly string[];
  /** Stops the node and takes everything away that it had. */
  stop(): Promise<void>;
}

/** Members with a key each and the given addresses; `change` may grant trust or set caps. */
export function membersOf(
  urls: Readonly<Record<string, string>>,
  change: (member: Member) => Member = (member) => member,
): Members {
  const ids = Object.keys(urls);
  const keys = Object.fromEntries(ids.map((id) => [id, generateSigningKey()]));
  const members = ids.map((id, at) =>
    change({
      id,
      ispb: String(at + 1).padStart(8, "0"),
      name: `Banco ${id}`,
      colour: "#1D4ED8",
      mark: id.slice(0, 2),
      url: urls[id] ?? "",
      publicKeys: publicHalves(keys[id]),
      trust: [],
      caps: {},
    }),
  );
  const manifest: Manifest = {
    consortium: { id: "teste", name: "Teste" },
    locale: "pt-BR",
    epoch: 1,
    decider: { kind: "local" },
    members,
    signatures: [],
  };
  return { manifest, keys };
}

function publicHalves(key: SigningKey | undefined): Member["publicKeys"] {
  return key === undefined ? [] : [{ keyId: key.keyId, publicKey: key.publicKey }];
}

/** The manifest's text with the signature of every member. */
export function signedText({ manifest, keys }: Members): string {
  const signatures = manifest.members.flatMap(({ id }) => {
    const key = keys[id];
    return key === undefined ? [] : [signManifest(manifest, id, key)];
  });
  return JSON.stringify({ ...manifest, signatures });
}

/** Starts `bank` as its process would, on a free port unless `changes` say, and a new database. */
export async function openNode(
  bank: string,
  members: Members,
  changes: Readonly<Record<string, string>> = {},
  existing?: TestBankDatabase,
): Promise<NodeOverHttp> {
  const key = members.keys[bank];
  if (key === undefined) throw new Error(`no key of ${bank}`);
  const [database, folder] = await Promise.all([
    existing ?? createBankDatabase(),
    mkdtemp(join(tmpdir(), "pacto-node-")),
  ]);
  const [manifestFile, keyFile] = [join(folder, "manifest.json"), join(folder, "key.pem")];
  await writeFile(manifestFile, signedText(members));
  await saveSigningKey(keyFile, key);
  const secretFile = join(folder, "sign-in-secret");
  await writeFile(secretFile, `${randomUUID()}${randomUUID()}`, { mode: 0o600 });
  const lines: string[] = [];
  const node = await startNode({
    env: readEnv({
      PACTO_BANK: bank,
      PACTO_MANIFEST: manifestFile,
      PACTO_PRIVATE_KEY_FILE: keyFile,
      PACTO_SIGN_IN_SECRET_FILE: secretFile,
      DATABASE_URL: database.serviceUrl,
      PACTO_MIGRATION_DATABASE_URL: database.migrationUrl,
      PACTO_PORT: "0",
      PACTO_CALLS_PER_SECOND: "0",
      ...changes,
    }),
    logger: createLogger({ bank, level: "info", write: (line) => lines.push(line) }),
    crashPoint: noCrashPoint,
  });
  return {
    url: node.url,
    manifestFile,
    database,
    lines,
    async stop() {
      await node.stop();
      await database.drop();
      await rm(folder, { recursive: true });
    },
  };
}
