import type { Descriptor } from "@pacto/atomic-commit";
import type {
  CreateTransferInput,
  PixPayment,
  PixReturn,
  Refusal,
  TransferView,
  Work,
} from "@pacto/contract";
import { hashCanonical } from "@pacto/contract/signing";
import { auditedStaff } from "../audit/audited.ts";
import type { StepResult } from "../commit/parts.ts";
import {
  beginAccounts,
  beginCharges,
  beginKeys,
  beginTransaction,
} from "../commit/run-coordinator.ts";
import { demandHolder } from "../accounts/demand-holder.ts";
import { missingApproval } from "../approvals/missing-approval.ts";
import type { StaffContext } from "../context.ts";
import { once, type Answer } from "../idempotency/once.ts";
import type { Command } from "../ledger/engine/command.ts";
import type { CoordinatorRow } from "../ledger/engine/rows.ts";
import { idempotencyMapKey } from "../ledger/engine/fetch.ts";
import type { Signed, WorkingSet } from "../ledger/engine/working-set.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { readTransfer } from "./read-transfers.ts";
import { splitIntoBranches } from "./split-into-branches.ts";
import { viewTransfer } from "./view-transfer.ts";

const OPERATION = "transfers.create";
/** How long the banks may take to vote, counted at each bank from its own receipt (R42). */
const PREPARE_WITHIN_MS = 3_000;

/** Another replica of the bank may decide, in place of this one, which wakes nobody here. */
const RECHECK_MS = 1_000;

const NO_VOTES: ReadonlyMap<string, "yes" | "no"> = new Map();

interface Begun {
  readonly answer: Answer<{ readonly id: string }>;
  /** Null when the key was used before: that begin is already under way. */
  readonly step: StepResult | null;
  /** What the begin itself decided, as where all accounts are this bank's own. */
  readonly decided: BegunTransfer | null;
}

type BegunTransfer = CoordinatorRow & { readonly createdAt: Date };

/** In whose name a transfer begins, when it is not simply the caller's own wish. */
export interface OnBehalf {
  /** Owner of the key, so that different members of the staff make one transfer. */
  readonly scope?: string;
  /** Own accounts for whose debit every holder has signed. */
  readonly signed?: Signed;
  /** What the caller asked for, where it was not a transfer: the key is compared with this. */
  readonly asked?: { readonly operation: string; readonly request: object };
  /** The PIX that the money is, the same in each bank's branch. */
  readonly pix?: PixPayment;
  /** The PIX that the money gives back, likewise. */
  readonly pixReturn?: PixReturn;
  /** End-to-end id of the received PIX that is locked for `guard`. */
  readonly refunded?: string;
  /** Decides under lock, before the key is used up, whether it may begin at all. */
  readonly guard?: (set: WorkingSet) => Refusal | undefined;
  /** Whatever the amount, where the bank asks for two persons. */
  readonly takesTwo?: boolean;
  /** Writes what belongs to the begin row, in its database transaction. */
  readonly alongside?: (set: WorkingSet, id: string) => void;
}

/**
 * Moves money between any number of accounts at any number of banks, all or nothing, with this
 * bank as coordinator. Answers with the outcome when it is decided within `waitMs`, else with the
 * transfer still in progress. A transfer that the banks refuse is a value with state `aborted`;
 * RefusalError is thrown for requests that make no sense and for a key used for another one.
 */
export async function createTransfer(
  ctx: StaffContext,
  input: CreateTransferInput,
  by: OnBehalf = {},
): Promise<TransferView> {
  const { idempotencyKey: key, waitMs, ...request } = input;
  const members = new Set(ctx.bank.manifest.members.map((member) => member.id));
  const split = splitIntoBranches(request, members, request.purpose);
  if (!split.ok) throw new RefusalError(split.refusal);
  await demandHolder(ctx, input.askedBy, input.from);
  const descriptor: Descriptor<Work> = {
    id: newId(),
    coordinator: ctx.bank.id,
    incarnation: ctx.bank.incarnation,
    sequence: await ctx.bank.commit.nextSequence(),
    branches: split.branches.map(({ bank, work }) => ({
      bank,
      work: {
        ...work,
        ...(by.pix === undefined ? {} : { pix: by.pix }),
        ...(by.pixReturn === undefined ? {} : { pixReturn: by.pixReturn }),
      },
    })),
    decider: ctx.bank.manifest.decider,
    prepareWithinMs: PREPARE_WITHIN_MS,
    purpose: "transfer",
  };
  const asked = by.asked ?? { operation: OPERATION, request };
  const { totalCentavos } = split;
  const command = beginCommand(ctx, { descriptor, key, totalCentavos, by, ...asked });
  const { answer, step, decided } = await ctx.bank.commit.begin(descriptor.id, command);
  if (!answer.ok) throw new RefusalError(answer.refusal);
  // Durable as it was decided: what a read would tell is known.
  if (decided !== null) return viewTransfer(decided, NO_VOTES);
  return waitForOutcome(ctx, answer.value.id, { waitMs, isNew: step !== null });
}

interface Beginning {
  readonly descriptor: Descriptor<Work>;
  readonly key: string;
  readonly operation: string;
  readonly request: object;
  readonly totalCentavos: number;
  readonly by: OnBehalf;
}

function beginCommand(
  ctx: StaffContext,
  { descriptor, key, operation, request, totalCentavos, by }: Beginning,
): Command<Begun> {
  const person = actorScope(ctx.actor);
  const scope = by.scope ?? person;
  const { parts } = ctx.bank.commit;
  const hash = hashCanonical(descriptor);
  return {
    name: operation,
    priority: "begin",
    idempotency: { scope, key },
    coordinated: descriptor.id,
    accounts: () => beginAccounts(parts.bank, descriptor),
    pixKeys: () => beginKeys(parts.bank, descriptor),
    ...(by.refunded === undefined ? {} : { refunded: by.refunded }),
    charges: () => beginCharges(parts.bank, descriptor),
    decide(set) {
      let step: StepResult | null = null;
      let decided: BegunTransfer | null = null;
      const refuse = (refusal: Refusal) => ({
        answer: { ok: false, refusal } as const,
        step,
        decided,
      });
      const isNew = set.idempotency.get(idempotencyMapKey({ scope, key })) === undefined;
      if (isNew && set.draining) {
        return refuse({ code: "bank-draining", details: { bank: parts.bank } });
      }
      // Another process raised it since the descriptor was made: asked again, it fits.
      if (isNew && descriptor.incarnation !== set.incarnation) {
        return refuse({ code: "overloaded", details: { bank: parts.bank } });
      }
      const amount = by.takesTwo === true ? undefined : totalCentavos;
      const missing = missingApproval(ctx, set, { scope, key, amount });
      if (missing !== undefined) return refuse(missing);
      const guarded = isNew ? by.guard?.(set) : undefined;
      if (guarded !== undefined) return refuse(guarded);
      const answer = once(set, { scope, key, operation, request }, () => {
        const signed = by.signed === undefined ? {} : { signed: by.signed };
        const begun = { purpose: "transfer", createdBy: person, ...signed };
        step = beginTransaction(set, parts, descriptor, hash, begun);
        const row = set.coordinators.get(descriptor.id);
        if (row !== undefined && row.decidedAt !== null) {
          decided = { ...row, createdAt: new Date(set.now) };
        }
        by.alongside?.(set, descriptor.id);
        set.audit({
          ...auditedStaff(ctx),
          action: operation,
          subject: descriptor.id,
          transactionId: descriptor.id,
          details: request,
        });
        return { ok: true, value: { id: descriptor.id } };
      });
      return { answer, step, decided };
    },
  };
}

/**
 * Waits without holding anything: the decision wakes it, or the time is up. What `begin` has just
 * left open is not read before; a key that was used before may long be decided.
 */
async function waitForOutcome(
  ctx: StaffContext,
  id: string,
  { waitMs, isNew }: { readonly waitMs: number; readonly isNew: boolean },
): Promise<TransferView> {
  const until = performance.now() + waitMs;
  if (isNew) await ctx.bank.commit.waitForDecision(id, Math.min(waitMs, RECHECK_MS)).over;
  for (;;) {
    // Registered before the read, so that a decision between the two is not missed.
    const left = Math.max(0, until - performance.now());
    const waiting = ctx.bank.commit.waitForDecision(id, Math.min(left, RECHECK_MS));
    try {
      const transfer = await readTransfer(ctx, id);
      const isDecided = transfer.state === "committed" || transfer.state === "aborted";
      if (isDecided || performance.now() >= until) return transfer;
      await waiting.over;
    } finally {
      waiting.cancel();
    }
  }
}
