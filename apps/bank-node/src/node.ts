import { findMember, type Manifest } from "@pacto/contract";
import type { SigningKey, Verifier } from "@pacto/contract/signing";
import { isAuthentic } from "./commit/authenticity.ts";
import { createCommitShell } from "./commit/shell.ts";
import { createTransport } from "./commit/transport.ts";
import type { Bank } from "./context.ts";
import type { Pools } from "./database/pools.ts";
import type { Prisma } from "./database/prisma.ts";
import type { CrashPoint } from "./failpoints/crash-point.ts";
import { createPostingEngine } from "./ledger/engine/posting-engine.ts";
import { ensureInternalAccounts } from "./ledger/internal-accounts.ts";
import type { Peers } from "./peers/client.ts";
import type { Contacts } from "./peers/contacts.ts";

export interface BankNodeParts {
  readonly bank: string;
  readonly version: string;
  readonly manifest: Manifest;
  readonly signingKey: SigningKey;
  readonly verifier: Verifier;
  readonly pools: Pools;
  readonly prisma: Prisma;
  readonly peers: Peers;
  readonly contacts: Contacts;
  readonly crashPoint: CrashPoint;
  /** Reports an error of work that nobody waits for. */
  readonly onError: (error: unknown, about: string) => void;
}

export interface BankNode {
  readonly bank: Bank;
  /** Begins recovery; requests are served before and after. */
  start(): void;
  /** Finishes what is queued, then stops. New work is refused meanwhile. */
  stop(): Promise<void>;
}

/** Puts one bank together over its migrated database. */
export async function createBankNode(parts: BankNodeParts): Promise<BankNode> {
  await ensureInternalAccounts(parts.pools.api, parts.bank);
  const incarnation = await readIncarnation(parts.pools);
  const engine = createPostingEngine(parts.pools.engine);
  const commit = createCommitShell({
    bank: parts.bank,
    signer: parts.signingKey,
    caps: findMember(parts.manifest, parts.bank)?.caps ?? {},
    engine,
    recoveryPool: parts.pools.recovery,
    transport: createTransport(parts.peers),
    isAuthentic: (message) => isAuthentic(parts.verifier, message),
    crashPoint: parts.crashPoint,
    onError: parts.onError,
  });
  let isReady = false;
  const bank: Bank = {
    id: parts.bank,
    manifest: parts.manifest,
    incarnation,
    pools: parts.pools,
    prisma: parts.prisma,
    engine,
    commit,
    peers: parts.peers,
    status: {
      bank: parts.bank,
      version: parts.version,
      incarnation,
      decider: parts.manifest.decider.kind,
      healthPool: parts.pools.health,
      isReady: () => isReady,
      peers: () => parts.contacts.list(),
      engine: engine.counters,
    },
  };
  return {
    bank,
    start() {
      commit.start();
      isReady = true;
    },
    async stop() {
      isReady = false;
      await commit.stop();
      await engine.stop();
    },
  };
}

async function readIncarnation(pools: Pools): Promise<number> {
  const { rows } = await pools.api.query<{ incarnation: number }>(
    "SELECT incarnation FROM bank_state",
  );
  const incarnation = rows[0]?.incarnation;
  if (incarnation === undefined) throw new Error("bank_state has no row");
  return incarnation;
}
