import { randomUUID } from "node:crypto";
import type { Manifest, Refusal } from "@pacto/contract";
import {
  createKeyRing,
  createVerifier,
  generateSigningKey,
  type SigningKey,
} from "@pacto/contract/signing";
import pg from "pg";
import { isLostConnection } from "../src/database/conflicts.ts";
import { LostTransaction } from "../src/database/lost-transaction.ts";
import { openPools } from "../src/database/pools.ts";
import { openPrisma } from "../src/database/prisma.ts";
import type { CrashPoint } from "../src/failpoints/crash-point.ts";
import { EngineOverloaded } from "../src/ledger/engine/posting-engine.ts";
import { createBankNode, type BankNode } from "../src/node.ts";
import type { Peers, PeerResult } from "../src/peers/client.ts";
import { Contacts } from "../src/peers/contacts.ts";
import { appRouter } from "../src/router.ts";
import type { Actor, Role } from "../src/staff/actor.ts";
import { RefusalError } from "../src/trpc.ts";
import { copyBankDatabase, createBankDatabase, type TestBankDatabase } from "./bank-database.ts";

const ROLES: readonly Role[] = ["teller", "supervisor", "auditor", "operator", "user-admin"];
const SERVER_VERSION = 180_000;
/** Longer than any test. */
const NEVER_MS = 3_600_000;
const SIGN_IN_SECRET = "of-the-tests-and-nobody-else-0123456789";

export type Caller = ReturnType<typeof appRouter.createCaller>;

/** One node over a bank's database; a second one for the same bank is its replica. */
export interface BankInProcess {
  readonly id: string;
  readonly node: BankNode;
  readonly database: TestBankDatabase;
  /** Signs for the bank: what a test needs to speak, or to lie, in its name. */
  readonly signingKey: SigningKey;
  /** The router as a member of staff with every role uses it. */
  readonly staff: Caller;
  /** The router as somebody with other rights uses it. */
  as(actor: Actor): Caller;
  /** The router as another bank uses it. */
  peer(bank: string): Caller;
  /** Asks the database behind the node's back, as superuser. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** A message, or the replies to it, on the way between two banks. */
export interface Passage {
  readonly from: string;
  readonly to: string;
  readonly procedure: string;
  readonly isReply: boolean;
  readonly items: readonly unknown[];
}

/** Decides about a passage: false loses it; a promise holds it up. */
export type Meddle = (passage: Passage) => boolean | Promise<boolean>;

export interface NodeError {
  readonly bank: string;
  readonly about: string;
  readonly error: unknown;
}

export interface BanksInProcess {
  readonly manifest: Manifest;
  bank(id: string): BankInProcess;
  meddle(with_: Meddle): void;
  /** Every passage is delivered again, and forgotten ones stay lost. */
  heal(): void;
  /** A second node over the same bank's database, with a process memory of its own. */
  replica(id: string, crashPoint?: CrashPoint): Promise<BankInProcess>;
  /** Stops a bank's node and copies its database: a backup of this moment. */
  backUp(id: string): Promise<TestBankDatabase>;
  /** Starts a bank again, on a backup when one is given: as after a restore. */
  startAgain(id: string, backup?: TestBankDatabase): Promise<BankInProcess>;
  /** What the nodes reported so far; defects that are not taken fail `stop`. */
  takeErrors(): NodeError[];
  stop(): Promise<void>;
}

export interface BanksOptions {
  readonly decider?: Manifest["decider"];
  /** What the manifest says of each bank's caps; nothing unless given. */
  readonly caps?: (bank: string) => Manifest["members"][number]["caps"];
  /** Where a bank's node finds its database; a proxy may stand between. */
  readonly databaseUrl?: (bank: string, url: string) => string;
  /** That URL leads to a pooler in transaction mode. */
  readonly isPooled?: boolean;
  /** Connections of every pool, instead of what a node has otherwise. */
  readonly poolSize?: number;
  /** How often audits are sealed and watched; a bank that is told nothing does neither. */
  readonly auditEveryMs?: number;
  /** Told of each step of the protocol at each bank's first node. */
  readonly crashPoint?: (bank: string, name: string, transaction?: string) => void | Promise<void>;
}

/**
 * Banks in one process: real databases, engine, signatures, schemas and protocol shell. Only the
 * wire is replaced by a call, which a test can break.
 */
export async function startBanks(
  ids: readonly string[],
  options: BanksOptions = {},
): Promise<BanksInProcess> {
  const { poolSize } = options;
  const keys = new Map(ids.map((id) => [id, generateSigningKey()]));
  const manifest = manifestOf(ids, options, keys);
  const banks = new Map<string, BankInProcess>();
  const started: BankInProcess[] = [];
  const databases = new Map<string, TestBankDatabase>();
  const books: pg.Pool[] = [];
  const deliver = () => true;
  let meddle: Meddle = deliver;
  let errors: NodeError[] = [];

  async function exchange(
    from: string,
    { to, procedure, items }: Pick<Passage, "to" | "procedure" | "items">,
  ): Promise<PeerResult[]> {
    const lost = items.map((): PeerResult => ({ kind: "unreachable", reason: "lost" }));
    const target = banks.get(to);
    if (target === undefined) return lost;
    if (!(await meddle({ from, to, procedure, items, isReply: false }))) return lost;
    const replies = await tell(target, from, procedure, items).catch(() => undefined);
    if (replies === undefined) return lost;
    const passage = { from: to, to: from, procedure, items: replies, isReply: true };
    if (!(await meddle(passage))) return lost;
    return replies.map((value): PeerResult => ({ kind: "answer", value }));
  }

  function peersOf(from: string): Peers {
    return {
      call: (to, procedure, items, { timeoutMs }) =>
        within(timeoutMs, exchange(from, { to, procedure, items }), () =>
          items.map((): PeerResult => ({ kind: "timeout" })),
        ),
      close: () => undefined,
    };
  }

  async function startNode(
    id: string,
    crashPoint: CrashPoint,
    isRestored = false,
  ): Promise<BankInProcess> {
    const [database, signingKey] = [databases.get(id), keys.get(id)];
    if (database === undefined || signingKey === undefined) throw new Error(`no bank ${id}`);
    const pools = openPools({
      databaseUrl: options.databaseUrl?.(id, database.serviceUrl) ?? database.serviceUrl,
      serverVersion: SERVER_VERSION,
      applicationName: `test-${id}`,
      isPooled: options.isPooled ?? false,
      ...(poolSize !== undefined && {
        sizes: { api: poolSize, engine: poolSize, recovery: poolSize, health: poolSize },
      }),
    });
    const node = await createBankNode({
      bank: id,
      version: "test",
      manifest,
      signingKey,
      verifier: createVerifier(createKeyRing(manifest.members)),
      pools,
      prisma: openPrisma(pools.api),
      peers: peersOf(id),
      contacts: new Contacts(ids),
      crashPoint,
      webhookTargets: ["http://127.0.0.1:*", "https://hooks.example.com"],
      auditEveryMs: options.auditEveryMs ?? NEVER_MS,
      signInSecret: SIGN_IN_SECRET,
      ...(isRestored ? { restoredAs: randomUUID() } : {}),
      onError: (error, about) => errors.push({ bank: id, about, error }),
    });
    const asSuperuser = new pg.Pool({ connectionString: database.superuserUrl, max: 2 });
    // A backup ends the sessions of the database that it copies.
    asSuperuser.on("error", () => undefined);
    books.push(asSuperuser);
    const as = (actor: Actor) =>
      appRouter.createCaller({ bank: node.bank, actor, correlationId: "test" });
    const bank: BankInProcess = {
      id,
      node,
      database,
      signingKey,
      staff: as({ kind: "staff", id: "t1", name: "Test", homeBank: id, roles: ROLES }),
      as,
      peer: (other) => as({ kind: "peer", bank: other }),
      async sql<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
        return (await asSuperuser.query<Row>(text, [...values])).rows;
      },
    };
    started.push(bank);
    node.start();
    return bank;
  }

  await Promise.all(
    ids.map(async (id) => {
      databases.set(id, await createBankDatabase());
      banks.set(id, await startNode(id, (name, tx) => options.crashPoint?.(id, name, tx)));
    }),
  );
  return {
    manifest,
    bank(id) {
      const bank = banks.get(id);
      if (bank === undefined) throw new Error(`no bank ${id}`);
      return bank;
    },
    meddle(with_) {
      meddle = with_;
    },
    heal() {
      meddle = deliver;
    },
    replica: (id, crashPoint = () => undefined) => startNode(id, crashPoint),
    async backUp(id) {
      const bank = banks.get(id);
      if (bank === undefined) throw new Error(`no bank ${id}`);
      banks.delete(id);
      started.splice(started.indexOf(bank), 1);
      await bank.node.stop();
      await bank.node.bank.pools.close();
      return copyBankDatabase(bank.database);
    },
    async startAgain(id, backup) {
      const before = databases.get(id);
      if (backup !== undefined) {
        databases.set(id, backup);
        if (before !== undefined) databases.set(`${id}, before the restore`, before);
      }
      const bank = await startNode(id, () => undefined, backup !== undefined);
      banks.set(id, bank);
      return bank;
    },
    takeErrors() {
      const taken = errors;
      errors = [];
      return taken;
    },
    async stop() {
      await Promise.all(started.map(({ node }) => node.stop()));
      await Promise.all(started.map(({ node }) => node.bank.pools.close()));
      await Promise.all(books.map((pool) => pool.end()));
      await Promise.all([...databases.values()].map((database) => database.drop()));
      // A connection that broke is the weather; nodes have to bear it.
      const first = errors.find(({ error }) => !isWeather(error));
      if (first !== undefined) {
        throw new Error(`${first.bank}: ${first.about}`, { cause: first.error });
      }
    },
  };
}

/**
 * A connection that broke, or none that was to be had on a busy machine; and a message that comes
 * while the bank that it is for is being stopped.
 */
function isWeather(error: unknown): boolean {
  const isLost = isLostConnection(error) || error instanceof LostTransaction;
  return isLost || error instanceof EngineOverloaded;
}

/** Says something to a bank in the name of another one, as its node would; returns the replies. */
export async function tell(
  target: BankInProcess,
  from: string,
  procedure: string,
  items: readonly unknown[],
): Promise<unknown[]> {
  type Say = (input: unknown) => Promise<{ items: unknown[] }>;
  const { commit } = target.peer(from);
  const say = commit[procedure.split(".")[1] as keyof typeof commit] as Say;
  return overTheWire(await say(overTheWire({ items }))).items;
}

/** What JSON makes of a value: no undefined, no shared references. */
function overTheWire<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function within<Value>(ms: number, work: Promise<Value>, late: () => Value): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late()), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function manifestOf(
  ids: readonly string[],
  { decider = { kind: "local" }, caps = () => ({}) }: Pick<BanksOptions, "decider" | "caps">,
  keys: ReadonlyMap<string, { keyId: string; publicKey: string }>,
): Manifest {
  return {
    consortium: { id: "test", name: "Test" },
    locale: "pt-BR",
    epoch: 1,
    decider,
    members: ids.map((id, at) => ({
      id,
      ispb: String(at + 1).padStart(8, "0"),
      name: `Banco ${id}`,
      colour: "#000000",
      mark: "BB",
      url: "",
      publicKeys: [{ keyId: keys.get(id)?.keyId ?? "", publicKey: keys.get(id)?.publicKey ?? "" }],
      trust: [],
      caps: caps(id),
    })),
    signatures: [],
  };
}

export function newKey(): string {
  return randomUUID();
}

/** A valid CPF: the digits of `number` and their check digits. */
export function cpf(number: number): string {
  const digits = Array.from(String(number).padStart(9, "0"), Number);
  for (const length of [9, 10]) {
    const sum = digits.reduce((total, digit, at) => total + digit * (length + 1 - at), 0);
    digits.push(((sum * 10) % 11) % 10);
  }
  return digits.join("");
}

let clientsMade = 0;

/** A new client of that bank; returns its id. */
export async function newClient(bank: BankInProcess): Promise<string> {
  clientsMade += 1;
  const { client } = await bank.staff.clients.create({
    idempotencyKey: newKey(),
    name: `Cliente ${clientsMade}`,
    taxId: cpf(100_000_000 + clientsMade),
  });
  return client.id;
}

/** A new client of that bank with an account holding `centavos`; returns the account's number. */
export async function openAccountWith(
  bank: BankInProcess,
  centavos: number,
  limits: { ceilingCentavos?: number; overdraftCentavos?: number } = {},
): Promise<string> {
  const { account } = await bank.staff.accounts.open({
    idempotencyKey: newKey(),
    kind: "checking",
    holders: [await newClient(bank)],
    openingDepositCentavos: centavos,
    ...limits,
  });
  return account.number;
}

export async function accountAt(bank: BankInProcess, number: string) {
  return (await bank.staff.accounts.get({ number })).account;
}

export async function balanceOf(bank: BankInProcess, number: string): Promise<number> {
  return (await accountAt(bank, number)).ledgerCentavos;
}

/** The refusal with which a call ends; fails when it is not refused, or fails otherwise. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof RefusalError) return cause.refusal;
    throw error;
  }
  throw new Error("expected a refusal, and it was done");
}
