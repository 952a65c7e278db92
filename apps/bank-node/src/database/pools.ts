import pg from "pg";
import { bigintTypes } from "./parse-types.ts";
import { withoutNames } from "./without-names.ts";

export type Pool = pg.Pool;

/**
 * Separate pools, so that a flood of reads or transfers can never starve recovery, nor hide the
 * node's health (P8).
 */
export interface Pools {
  /** Reads and the model API (Prisma). */
  readonly api: Pool;
  /** The posting engine's batches. */
  readonly engine: Pool;
  /** The dispatcher: recovery, resending, sealing. */
  readonly recovery: Pool;
  /** `/status` and `/readyz`. */
  readonly health: Pool;
  /** The statement that opens a batch's transaction. */
  readonly beginBatch: string;
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly databaseUrl: string;
  /** `server_version_num`; from 17 on, the server also bounds whole transactions. */
  readonly serverVersion: number;
  /** Shown in `pg_stat_activity`, so that an operator sees which bank holds a lock. */
  readonly applicationName: string;
  readonly sizes?: Partial<Record<PoolName, number>>;
  /** A pooler gives each transaction another session: none may be told or asked to remember. */
  readonly isPooled?: boolean;
  /** A connection that broke while idle; the pool replaces it by itself. */
  readonly onIdleError?: (error: Error, pool: PoolName) => void;
}

type PoolName = "api" | "engine" | "recovery" | "health";

const SIZES: Record<PoolName, number> = { api: 8, engine: 4, recovery: 3, health: 1 };

// P9: bounds on the server's side, so that a node frozen inside a transaction loses its locks.
const STATEMENT_TIMEOUT_MS = 2_000;
const LOCK_TIMEOUT_MS = 500;
// Short, because another process of the bank must finish within 5 s what a frozen one began.
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 2_000;
const TRANSACTION_TIMEOUT_MS = 10_000;
/** Past the server's own bound the network is at fault: the connection is given up. */
const CLIENT_QUERY_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 3_000;
const FIRST_VERSION_WITH_TRANSACTION_TIMEOUT = 170_000;

/** Opens the pools; connections are made when first used. Sessions carry the limits of P9. */
export function openPools(options: PoolOptions): Pools {
  const open = (name: PoolName) => openPool(options, name);
  const pools = {
    api: open("api"),
    engine: open("engine"),
    recovery: open("recovery"),
    health: open("health"),
  };
  let closing: Promise<void> | undefined;
  return {
    ...pools,
    beginBatch: [BEGIN, ...(options.isPooled === true ? byKeyInTransaction() : [])].join("; "),
    close() {
      closing ??= Promise.all(Object.values(pools).map((pool) => pool.end())).then(() => undefined);
      return closing;
    },
  };
}

function openPool(options: PoolOptions, name: PoolName): Pool {
  const { isPooled = false } = options;
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    application_name: `${options.applicationName}:${name}`,
    max: options.sizes?.[name] ?? SIZES[name],
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    ...(isPooled ? {} : { options: sessionSettings(options.serverVersion, name) }),
    query_timeout: CLIENT_QUERY_TIMEOUT_MS,
    types: bigintTypes,
    // A batch sends its statements together: two or three round trips instead of a dozen.
    pipeline: name === "engine",
  });
  // The pool hands a new connection over with nobody listening for a moment; one that the server ends
  // in that very moment would end the process. Whoever sends a statement next is told all the same.
  pool.on("connect", (client) => client.on("error", () => undefined));
  if (isPooled) withoutNames(pool);
  pool.on("error", (error) => options.onIdleError?.(error, name));
  return pool;
}

const BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED";

/**
 * The engine finds every row by key. A plan that PostgreSQL made and cached while a table was still
 * small would go on reading that table whole, slower with each posting: so it may only use indexes,
 * and plans once.
 */
const BY_KEY_ONLY = {
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  jit: "off",
  plan_cache_mode: "force_generic_plan",
};

function byKeyInTransaction(): string[] {
  return Object.entries(BY_KEY_ONLY).map(([name, value]) => `SET LOCAL ${name} = ${value}`);
}

function sessionSettings(serverVersion: number, name: PoolName): string {
  const settings = {
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    default_transaction_isolation: "read\\ committed",
    ...(serverVersion >= FIRST_VERSION_WITH_TRANSACTION_TIMEOUT && {
      transaction_timeout: TRANSACTION_TIMEOUT_MS,
    }),
    ...(name === "engine" && BY_KEY_ONLY),
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
}
