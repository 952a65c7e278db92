import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { createVerifier } from "@pacto/contract/signing";
import type { FastifyInstance } from "fastify";
import type { RequestOf } from "./people-routes.ts";
import type { BankContext } from "./context.ts";
import { isLostConnection } from "./database/conflicts.ts";
import { guardDatabase, type ServerFacts } from "./database/guard.ts";
import { LostTransaction } from "./database/lost-transaction.ts";
import { migrateDatabase } from "./database/migrate.ts";
import { openPools, type Pools } from "./database/pools.ts";
import { openPrisma } from "./database/prisma.ts";
import { type RetryBudget, withRetry } from "./database/retry.ts";
import { Door } from "./edge/door.ts";
import { Pressure } from "./edge/pressure.ts";
import type { NodeEnv } from "./env.ts";
import type { CrashPoint } from "./failpoints/crash-point.ts";
import {
  demandLatest,
  type ExchangeableKey,
  exchangeableKey,
  followMembership,
} from "./follow-membership.ts";
import type { Logger } from "./logger.ts";
import { createMetrics } from "./metrics/read-metrics.ts";
import { type BankNode, createBankNode } from "./node.ts";
import { createPeers, type Peers } from "./peers/client.ts";
import { Contacts } from "./peers/contacts.ts";
import { createDirectory, type Directory } from "./peers/directory.ts";
import { rememberIncarnation } from "./restore/remember-incarnation.ts";
import { startHeartbeat } from "./peers/heartbeat.ts";
import { createKeepRefused } from "./peers/keep-refused.ts";
import { type MutualTls, readMutualTls } from "./peers/mutual-tls.ts";
import type { Passage } from "./peers/passage.ts";
import { readMembership } from "./read-membership.ts";
import { appRouter } from "./router.ts";
import { buildPeerServer, buildServer } from "./server.ts";
import type { Actor } from "./staff/actor.ts";
import { ensureFirstStaff } from "./sign-in/first-staff.ts";
import { readSecret } from "./sign-in/read-secret.ts";
import { createStaffTokens } from "./staff/staff-tokens.ts";
import { cacheStatus } from "./status/cache-status.ts";
import { readStatus } from "./status/read-status.ts";
import { VERSION } from "./version.ts";
import { readTargets } from "./webhooks/targets.ts";

export interface RunningNode {
  /** Where it listens: `http://127.0.0.1:3001`. */
  readonly url: string;
  /** Takes no more work, finishes what it has, closes everything. */
  readonly stop: () => Promise<void>;
}

export interface StartOptions {
  readonly env: NodeEnv;
  readonly logger: Logger;
  readonly crashPoint: CrashPoint;
  /** Straight unless given. */
  readonly passage?: Passage | undefined;
}

interface OpenOptions extends StartOptions {
  readonly signing: ExchangeableKey;
  readonly tls: MutualTls | undefined;
  readonly directory: Directory;
  readonly pools: Pools;
}

/** What is open already, to be closed in the opposite order when the start or the node ends. */
type Closing = (() => void | Promise<void>)[];

/**
 * Starts one bank: manifest, key, guard, migrations, pools, recovery, and only then the door.
 * @throws an Error whose message says what to mend; nothing is left running then
 */
export async function startNode(options: StartOptions): Promise<RunningNode> {
  const { env, logger } = options;
  const membership = await readMembership(env);
  const tls = await readMutualTls(membership.manifest, env);
  const facts = await guardPatiently(env, logger);
  if (!facts.checksums) logger.warn("the database keeps no data checksums: a bad disk shows late");
  await migrate(env, logger);
  const pools = openPools({
    databaseUrl: env.DATABASE_URL,
    serverVersion: facts.version,
    applicationName: `pacto-${env.PACTO_BANK}`,
    isPooled: env.PACTO_DATABASE_POOLER === "transaction",
    onIdleError: (error, pool) => logger.warn({ err: error, pool }, "a database connection broke"),
  });
  const directory = createDirectory(membership.manifest, env.PACTO_BANK);
  const closing: Closing = [() => pools.close()];
  try {
    const signing = exchangeableKey(membership.signingKey);
    const url = await openBank({ ...options, tls, directory, pools, signing }, closing);
    logger.info({ url, version: VERSION }, "the bank is open");
    return {
      url,
      async stop() {
        await closeAll(closing);
        logger.info("the bank is closed");
      },
    };
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

const DATABASE_PATIENCE: RetryBudget = {
  attempts: 60,
  totalMs: 30_000,
  baseMs: 250,
  capMs: 2_000,
};

/** After a power failure the bank may be up before its database is. */
function guardPatiently(env: NodeEnv, logger: Logger): Promise<ServerFacts> {
  return withRetry(async () => {
    try {
      return await guardDatabase(env.DATABASE_URL, env.PACTO_DATABASE_POOLER === "transaction");
    } catch (error) {
      if (!isLostConnection(error)) throw error;
      logger.warn({ err: error }, "the database does not answer yet");
      throw new LostTransaction("connect", error);
    }
  }, DATABASE_PATIENCE);
}

/** The door first: what has come in is finished, and then what it left to be sent. */
async function closeAll(closing: Closing): Promise<void> {
  for (const close of closing.toReversed()) await close();
}

async function openBank(options: OpenOptions, closing: Closing): Promise<string> {
  const { env, logger, directory, signing } = options;
  const passage = options.passage === undefined ? {} : { passage: options.passage };
  const contacts = new Contacts(directory.peers);
  await loadIncarnations(options);
  const peers = createPeers({
    directory,
    signer: signing.key,
    contacts,
    tls: options.tls,
    ...passage,
    onFailure: (failure) => logger.debug(failure, "a peer gave no good answer"),
  });
  closing.push(() => peers.close());
  const node = await assembleNode(options, peers, contacts);
  closing.push(() => node.stop());
  const { recovery: pool } = options.pools;
  await demandLatest(pool, directory.manifest, env.PACTO_MANIFEST);
  await openSignIn(options, node, closing);
  const { app, peerApp } = await openDoor(options, node, contacts);
  closing.push(() => app.close());
  const heartbeat = startHeartbeat({
    directory,
    contacts,
    ...passage,
    onSkew: (peer, skewMs) => logger.warn({ peer, skewMs }, "a peer's clock differs from ours"),
  });
  closing.push(heartbeat.stop);
  const following = followMembership({ env, logger, pool, directory, contacts, signing });
  closing.push(following.stop);
  node.start();
  if (peerApp !== undefined) {
    closing.push(() => peerApp.close());
    await peerApp.listen({ host: env.PACTO_HOST, port: options.tls?.port ?? 0 });
  }
  await app.listen({ host: env.PACTO_HOST, port: env.PACTO_PORT });
  const { port } = app.server.address() as AddressInfo;
  return `http://${env.PACTO_HOST}:${port}`;
}

/** Remembers in the database which life of each bank spoke last, and signs as the current one. */
async function loadIncarnations({ pools, directory, logger }: OpenOptions): Promise<void> {
  const { rows } = await pools.api.query<{ bank: string; incarnation: number }>(
    "SELECT bank, incarnation FROM peer",
  );
  directory.incarnations.load(rows, (bank, incarnation) => {
    rememberIncarnation(pools.recovery, bank, incarnation).catch((error: unknown) =>
      logger.error({ err: error, peer: bank }, "remembering a peer's incarnation"),
    );
  });
}

async function assembleNode(
  options: OpenOptions,
  peers: Peers,
  contacts: Contacts,
): Promise<BankNode> {
  const { env, logger, pools, directory } = options;
  return createBankNode({
    bank: env.PACTO_BANK,
    version: VERSION,
    get manifest() {
      return directory.manifest;
    },
    signingKey: options.signing.key,
    verifier: createVerifier(directory.evidenceKeys),
    pools,
    prisma: openPrisma(pools.api),
    peers,
    contacts,
    crashPoint: options.crashPoint,
    signInSecret: await readSecret(env.PACTO_SIGN_IN_SECRET_FILE),
    onIncarnation: (incarnation) => {
      directory.incarnations.own = incarnation;
    },
    ...(env.PACTO_WEBHOOK_TARGETS === undefined
      ? {}
      : { webhookTargets: readTargets(env.PACTO_WEBHOOK_TARGETS) }),
    ...(env.PACTO_RESTORED === undefined ? {} : { restoredAs: env.PACTO_RESTORED }),
    ...(env.PACTO_AUDIT_EVERY_MS === undefined ? {} : { auditEveryMs: env.PACTO_AUDIT_EVERY_MS }),
    onAuditAlarm: ({ bank, code, number, faults }) =>
      logger.error({ about: bank, code, number, faults }, "alarm of the audit: a changed history"),
    onError: (error, about) => logger.error({ err: error }, about),
    onAlarm: (alarm) => logger.error(alarm, "alarm of the protocol: see the audit's evidence"),
  });
}

/** Whoever is staff from the beginning is there, and ended sessions are known, before the door opens. */
async function openSignIn(
  { env, logger, pools }: OpenOptions,
  { bank }: BankNode,
  closing: Closing,
): Promise<void> {
  if (env.PACTO_FIRST_STAFF_FILE !== undefined) {
    const made = await ensureFirstStaff(env.PACTO_FIRST_STAFF_FILE, bank);
    if (made > 0) logger.info({ made }, "made the first members of staff");
  }
  const { ended } = bank.signIn;
  await ended.start(pools.api, (err) => logger.warn({ err }, "reading the ended sessions"));
  closing.push(ended.stop);
}

async function openDoor(
  { env, logger, directory, pools, tls, signing }: OpenOptions,
  node: BankNode,
  contacts: Contacts,
): Promise<{ app: FastifyInstance; peerApp: FastifyInstance | undefined }> {
  const createContext = (request: RequestOf<Actor>): BankContext => ({
    bank: node.bank,
    ...request,
  });
  const identity = createStaffTokens({
    self: env.PACTO_BANK,
    manifest: () => directory.manifest,
    keys: directory.keys,
    isEnded: node.bank.signIn.ended.has,
    onRefused: (code) => logger.info({ code }, "refused a staff token"),
  });
  const status = cacheStatus(() => readStatus(node.bank.status));
  const pressure = new Pressure(() => ({
    commands: node.bank.engine.queued,
    reads: pools.api.waitingCount,
  }));
  pressure.start();
  const door = new Door({
    bank: env.PACTO_BANK,
    pressure,
    callsPerSecond: env.PACTO_CALLS_PER_SECOND,
  });
  const keepRefused = createKeepRefused({
    pool: pools.recovery,
    bank: env.PACTO_BANK,
    isMember: (bank) => directory.keys.has(bank),
    onError: (error) => logger.error({ err: error }, "keeping what was refused as evidence"),
  });
  const peers = {
    router: appRouter,
    createContext,
    directory,
    signer: signing.key,
    contacts,
    door,
    keepRefused,
  };
  const app = await buildServer({
    logger,
    trustedProxies: env.PACTO_TRUSTED_PROXIES,
    readStatus: status,
    readMetrics: createMetrics({
      ...node.bank.status,
      readStatus: status,
      pools,
      pressure,
      door,
      skewsMs: contacts.skewsMs,
      manifestEpoch: () => directory.manifest.epoch,
    }),
    people: { router: appRouter, createContext, identity, door },
    peers: tls === undefined ? peers : undefined,
  });
  const peerApp = tls === undefined ? undefined : await buildPeerServer(logger, peers, tls);
  return { app, peerApp };
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
