import type { Manifest } from "@pacto/contract";
import type { AuditParts } from "./audit/chain/parts.ts";
import type { CommitShell } from "./commit/shell.ts";
import type { Pools } from "./database/pools.ts";
import type { Prisma } from "./database/prisma.ts";
import type { PostingEngine } from "./ledger/engine/posting-engine.ts";
import type { Peers } from "./peers/client.ts";
import type { SignIn } from "./sign-in/sign-in.ts";
import type { StatusSource } from "./status/read-status.ts";
import type { Actor, StaffActor } from "./staff/actor.ts";

/** One bank's parts, made once at start and shared by all requests. */
export interface Bank {
  readonly id: string;
  readonly manifest: Manifest;
  /** Raised by every restore (R48). */
  readonly incarnation: number;
  readonly pools: Pools;
  readonly prisma: Prisma;
  readonly engine: PostingEngine;
  readonly commit: CommitShell;
  readonly peers: Peers;
  readonly status: StatusSource;
  /** Where webhooks may go: origins that the operator allows. */
  readonly webhookTargets: readonly string[];
  readonly audit: AuditParts;
  readonly signIn: SignIn;
}

export interface BankContext {
  readonly bank: Bank;
  readonly actor: Actor;
  readonly correlationId: string;
  /** Where a person's request came from; absent for what the bank carries out later. */
  readonly address?: string | undefined;
  /** What the person's browser or program called itself. */
  readonly device?: string | undefined;
}

/** What a verb for staff receives: the role was checked by its procedure. */
export interface StaffContext extends BankContext {
  readonly actor: StaffActor;
  /** The approval that is carried out; only `approvals/carry-out` sets it. */
  readonly approval?: { readonly id: string };
}
