import { readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { findMember, type Manifest, ManifestError, parseRunnableManifest } from "@pacto/contract";
import { createVerifier, loadSigningKey, type SigningKey } from "@pacto/contract/signing";
import type { FastifyInstance } from "fastify";
import type { BankContext } from "./context.ts";
import { guardDatabase } from "./database/guard.ts";
import { migrateDatabase } from "./database/migrate.ts";
import { openPools, type Pools } from "./database/pools.ts";
import { openPrisma } from "./database/prisma.ts";
import type { NodeEnv } from "./env.ts";
import type { CrashPoint } from "./failpoints/crash-point.ts";
import type { Logger } from "./logger.ts";
import { type BankNode, createBankNode } from "./node.ts";
import { createPeers } from "./peers/client.ts";
import { Contacts } from "./peers/contacts.ts";
import { createDirectory, type Directory } from "./peers/directory.ts";
import { appRouter } from "./router.ts";
import { buildServer } from "./server.ts";
import type { Actor } from "./staff/actor.ts";
import { loadDemoIdentity } from "./staff/demo-identity.ts";
import { cacheStatus } from "./status/cache-status.ts";
import { readStatus } from "./status/read-status.ts";
import { VERSION } from "./version.ts";

export interface RunningNode {
  /** Where it listens: `http://127.0.0.1:3001`. */
  readonly url: string;
  /** Takes no more work, finishes what it has, closes everything. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly env: NodeEnv;
  readonly logger: Logger;
  readonly crashPoint: CrashPoint;
}

/**
 * Starts one bank: manifest, key, guard, migrations, pools, recovery, and only then the door.
 * @throws an Error whose message says what to mend; nothing is left running then
 */
export async function startNode({ env, logger, crashPoint }: StartOptions): Promise<RunningNode> {
  const manifest = await readManifest(env);
  const signingKey = await readOwnKey(env, manifest);
  const facts = await guardDatabase(env.DATABASE_URL);
  if (!facts.checksums) logger.warn("the database keeps no data checksums: a bad disk shows late");
  await migrate(env, logger);
  const directory = createDirectory(manifest, env.PACTO_BANK);
  const pools = openPools({
    databaseUrl: env.DATABASE_URL,
    serverVersion: facts.version,
    applicationName: `pacto-${env.PACTO_BANK}`,
    onIdleError: (error, pool) => logger.warn({ err: error, pool }, "a database connection broke"),
  });
  try {
    return await openBank({ env, logger, crashPoint, manifest, signingKey, directory, pools });
  } catch (error) {
    await pools.close();
    throw error;
  }
}

interface OpenOptions extends StartOptions {
  readonly manifest: Manifest;
  readonly signingKey: SigningKey;
  readonly directory: Directory;
  readonly pools: Pools;
}

async function openBank(options: OpenOptions): Promise<RunningNode> {
  const { env, logger, directory, pools, signingKey } = options;
  const contacts = new Contacts(directory.peers);
  const peers = createPeers({
    directory,
    signer: signingKey,
    contacts,
    onFailure: (failure) => logger.debug(failure, "a peer gave no good answer"),
  });
  const node = await createBankNode({
    bank: env.PACTO_BANK,
    version: VERSION,
    manifest: options.manifest,
    signingKey,
    verifier: createVerifier(directory.keys),
    pools,
    prisma: openPrisma(pools.api),
    peers,
    contacts,
    crashPoint: options.crashPoint,
    isRestored: env.PACTO_RESTORED,
    onError: (error, about) => logger.error({ err: error }, about),
  });
  const app = await openDoor(options, node, contacts);
  node.start();
  await app.listen({ host: env.PACTO_HOST, port: env.PACTO_PORT });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://${env.PACTO_HOST}:${port}`;
  logger.info({ url, version: VERSION }, "the bank is open");
  return {
    url,
    async stop() {
      // The door first: what has come in is finished, and then what it left to be sent.
      await app.close();
      await node.stop();
      peers.close();
      await pools.close();
      logger.info("the bank is closed");
    },
  };
}

async function openDoor(
  { env, logger, directory, signingKey }: OpenOptions,
  node: BankNode,
  contacts: Contacts,
): Promise<FastifyInstance> {
  const createContext = (request: { actor: Actor; correlationId: string }): BankContext => ({
    bank: node.bank,
    ...request,
  });
  const demoTokenFile = env.PACTO_DEMO_TOKEN_FILE;
  const identitySources =
    demoTokenFile === undefined ? [] : [await loadDemoIdentity(demoTokenFile, env.PACTO_BANK)];
  return buildServer({
    logger,
    readStatus: cacheStatus(() => readStatus(node.bank.status)),
    people: { router: appRouter, createContext, identitySources },
    peers: { router: appRouter, createContext, directory, signer: signingKey, contacts },
  });
}

async function readManifest(env: NodeEnv): Promise<Manifest> {
  const path = env.PACTO_MANIFEST;
  const manifest = parseRunnableManifest(await readFile(path, "utf8"), path);
  if (findMember(manifest, env.PACTO_BANK) === undefined) {
    throw new ManifestError(path, [
      `${env.PACTO_BANK} (PACTO_BANK) is not a member; members are ` +
        `${manifest.members.map((member) => member.id).join(", ")}.`,
    ]);
  }
  return manifest;
}

/** The key must be the one that the other banks know, else nobody would believe this bank. */
async function readOwnKey(env: NodeEnv, manifest: Manifest): Promise<SigningKey> {
  const key = await loadSigningKey(env.PACTO_PRIVATE_KEY_FILE);
  const known = findMember(manifest, env.PACTO_BANK)?.publicKeys ?? [];
  if (!known.some(({ keyId, publicKey }) => keyId === key.keyId && publicKey === key.publicKey)) {
    throw new ManifestError(env.PACTO_MANIFEST, [
      `${env.PACTO_BANK}: its private key ${env.PACTO_PRIVATE_KEY_FILE} (key id ${key.keyId}) is ` +
        "none of its publicKeys. Put the manifest and the key of one consortium together.",
    ]);
  }
  return key;
}

async function migrate(env: NodeEnv, logger: Logger): Promise<void> {
  const migrationUrl = env.PACTO_MIGRATION_DATABASE_URL ?? env.DATABASE_URL;
  const [owner, service] = [migrationUrl, env.DATABASE_URL].map((url) => new URL(url).username);
  await migrateDatabase({
    migrationUrl,
    migrationsFolder: findMigrations(),
    serviceRole: owner === service ? undefined : decodeURIComponent(service ?? ""),
    log: (message) => logger.info(message),
  });
}

/** Beside the bundle, or in the repository when run from sources. */
function findMigrations(): string {
  const candidates = ["./prisma/migrations", "../../../prisma/migrations"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`no migrations at ${candidates.join(" nor at ")}`);
  return found;
}
