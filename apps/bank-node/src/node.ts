import { findMember, type Manifest } from "@pacto/contract";
import type { SigningKey, Verifier } from "@pacto/contract/signing";
import type { AuditAlarm } from "./audit/chain/raise-alarm.ts";
import { isAuthentic } from "./commit/authenticity.ts";
import {
  createCommitShell,
  type CommitShell,
  type CommitShellOptions,
  type ProtocolAlarm,
} from "./commit/shell.ts";
import { createTransport } from "./commit/transport.ts";
import type { Bank } from "./context.ts";
import type { Pools } from "./database/pools.ts";
import type { Prisma } from "./database/prisma.ts";
import type { CrashPoint } from "./failpoints/crash-point.ts";
import { createPostingEngine, type PostingEngine } from "./ledger/engine/posting-engine.ts";
import { ensureInternalAccounts } from "./ledger/internal-accounts.ts";
import { createChores } from "./jobs/chores.ts";
import type { Peers } from "./peers/client.ts";
import type { Contacts } from "./peers/contacts.ts";
import { createAuth } from "./sign-in/auth.ts";
import { createEndedSessions } from "./sign-in/ended-sessions.ts";
import { enterRecovery } from "./restore/enter-recovery.ts";
import { relearn, type RelearnOptions } from "./restore/relearn.ts";

export interface BankNodeParts {
  readonly bank: string;
  readonly version: string;
  /** As it is now; a node that follows its manifest gives another one later. */
  readonly manifest: Manifest;
  readonly signingKey: SigningKey;
  readonly verifier: Verifier;
  readonly pools: Pools;
  readonly prisma: Prisma;
  readonly peers: Peers;
  readonly contacts: Contacts;
  readonly crashPoint: CrashPoint;
  /** Of this bank alone: encrypts second factors and signs sign-in challenges. 32 characters at least. */
  readonly signInSecret: string;
  /** Names the restore, where the database was put back from a backup (R48). */
  readonly restoredAs?: string;
  /** Where webhooks may go; nowhere when it is left out. */
  readonly webhookTargets?: readonly string[];
  /** Told under which incarnation the bank signs, now and whenever it rises. */
  readonly onIncarnation?: (incarnation: number) => void;
  /** How often the audit is sealed and other banks' chains are looked at; 10 s where absent. */
  readonly auditEveryMs?: number;
  /** Told of every changed history that this bank finds, here or elsewhere. */
  readonly onAuditAlarm?: (alarm: AuditAlarm) => void;
  /** Told of every alarm of the protocol, once its evidence is durable. */
  readonly onAlarm?: (alarm: ProtocolAlarm) => void;
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
  const caps = findMember(parts.manifest, parts.bank)?.caps ?? {};
  await ensureInternalAccounts(parts.pools.api, parts.bank, caps.netDebitCentavos);
  if (parts.restoredAs !== undefined) await enterRecovery(parts.pools.api, parts.restoredAs);
  const { mode, ...state } = await readState(parts.pools);
  let { incarnation } = state;
  parts.onIncarnation?.(incarnation);
  // Each batch reads it: another process of the bank may have raised it (R49).
  const hearOwn = (current: number) => {
    if (current <= incarnation) return;
    incarnation = current;
    parts.onIncarnation?.(current);
  };
  const engine = createPostingEngine(
    { pool: parts.pools.engine, begin: parts.pools.beginBatch },
    hearOwn,
  );
  const alarms = new Map<string, number>();
  const commit = createShell(parts, engine, {
    incarnation: () => incarnation,
    onAlarm: (alarm) => {
      alarms.set(alarm.code, (alarms.get(alarm.code) ?? 0) + 1);
      parts.onAlarm?.(alarm);
    },
  });
  let isReady = false;
  let recovery: Promise<void> | undefined;
  const stopping = new AbortController();
  const bank = assembleBank(
    parts,
    { engine, commit, alarms },
    {
      incarnation: () => incarnation,
      isReady: () => isReady,
    },
  );
  const chores = createChores(bank, parts.onError);
  return {
    bank,
    start() {
      commit.start();
      chores.start();
      isReady = true;
      if (mode === "recovering") {
        recovery = relearnFromAll(parts, commit, stopping, {
          incarnation: () => incarnation,
          onRaised: hearOwn,
        });
      }
    },
    async stop() {
      isReady = false;
      stopping.abort();
      await recovery;
      await chores.stop();
      await commit.stop();
      await engine.stop();
    },
  };
}

/** A changed row is found within a minute even where a round is lost, or the bank is busy. */
const AUDIT_EVERY_MS = 10_000;

interface Engines {
  readonly engine: PostingEngine;
  readonly commit: CommitShell;
  /** Alarms so far, by code. */
  readonly alarms: Map<string, number>;
}

function assembleBank(
  parts: BankNodeParts,
  { engine, commit, alarms }: Engines,
  now: { readonly incarnation: () => number; readonly isReady: () => boolean },
): Bank {
  const { bank, pools, prisma, peers } = parts;
  return {
    id: bank,
    audit: {
      signer: parts.signingKey,
      verifier: parts.verifier,
      everyMs: parts.auditEveryMs ?? AUDIT_EVERY_MS,
      onAlarm: (alarm) => {
        alarms.set(`audit-${alarm.code}`, (alarms.get(`audit-${alarm.code}`) ?? 0) + 1);
        parts.onAuditAlarm?.(alarm);
      },
    },
    get manifest() {
      return parts.manifest;
    },
    get incarnation() {
      return now.incarnation();
    },
    pools,
    prisma,
    engine,
    commit,
    peers,
    webhookTargets: parts.webhookTargets ?? [],
    signIn: {
      auth: createAuth(prisma, { bank, secret: parts.signInSecret }),
      signer: parts.signingKey,
      ended: createEndedSessions(),
    },
    status: {
      bank,
      version: parts.version,
      get incarnation() {
        return now.incarnation();
      },
      get decider() {
        return parts.manifest.decider.kind;
      },
      healthPool: pools.health,
      isReady: now.isReady,
      peers: () => parts.contacts.list(),
      engine: engine.counters,
      alarms,
    },
  };
}

function createShell(
  parts: BankNodeParts,
  engine: PostingEngine,
  own: Pick<CommitShellOptions, "incarnation" | "onAlarm">,
): CommitShell {
  return createCommitShell({
    bank: parts.bank,
    signer: parts.signingKey,
    manifest: () => parts.manifest,
    engine,
    recoveryPool: parts.pools.recovery,
    transport: createTransport(parts.peers),
    isAuthentic: (message) => isAuthentic(parts.verifier, message),
    crashPoint: parts.crashPoint,
    onError: parts.onError,
    ...own,
  });
}

/** In the background: the bank serves reads and finishes what is open meanwhile, but votes NO. */
async function relearnFromAll(
  parts: BankNodeParts,
  commit: CommitShell,
  stopping: AbortController,
  own: Pick<RelearnOptions, "incarnation" | "onRaised">,
): Promise<void> {
  const peers = parts.manifest.members.map(({ id }) => id).filter((id) => id !== parts.bank);
  try {
    await relearn({
      ...own,
      peers,
      pool: parts.pools.recovery,
      calls: parts.peers,
      restore: (from, transaction) => commit.restore(from, transaction),
      onWaiting: (what) => parts.onError(new Error(what), "recovering from a restore"),
      onUnresolved: (error, id) => parts.onError(error, `taking ${id} up again after a restore`),
      signal: stopping.signal,
    });
  } catch (error) {
    parts.onError(error, "recovering from a restore");
  }
}

interface BankState {
  readonly incarnation: number;
  readonly mode: string;
}

async function readState(pools: Pools): Promise<BankState> {
  const { rows } = await pools.api.query<BankState>("SELECT incarnation, mode FROM bank_state");
  const state = rows[0];
  if (state === undefined) throw new Error("bank_state has no row");
  return state;
}
