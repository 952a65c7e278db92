import type { Descriptor } from "@pacto/atomic-commit";
import type { SettlementView, Work } from "@pacto/contract";
import { hashCanonical } from "@pacto/contract/signing";
import type { StepResult } from "../commit/parts.ts";
import { beginAccounts, beginTransaction } from "../commit/run-coordinator.ts";
import { auditedStaff } from "../audit/audited.ts";
import type { StaffContext } from "../context.ts";
import { wasAsked } from "../idempotency/was-asked.ts";
import { once, refused, type Answer } from "../idempotency/once.ts";
import type { Command } from "../ledger/engine/command.ts";
import { RESERVES } from "../ledger/internal-accounts.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { readPositions } from "./positions.ts";
import { readSettlement, SETTLEMENT } from "./settlements.ts";

const OPERATION = "reports.settle";
const PREPARE_WITHIN_MS = 3_000;
const WAIT_MS = 10_000;
const RECHECK_MS = 200;

interface Begun {
  readonly answer: Answer<{ readonly id: string }>;
  readonly step: StepResult | null;
}

/**
 * Posts every bank's position back to zero against its reserves: one global transaction, so that
 * either all banks settle or none does. Each bank agrees only if its position is what the run says.
 * Throws RefusalError `banks-silent`, `settlement-open` while transfers are on their way,
 * `nothing-to-settle`, or what a bank refuses.
 */
export async function settle(
  ctx: StaffContext,
  input: { readonly idempotencyKey: string },
): Promise<SettlementView> {
  const work = (await wasAsked(ctx, input.idempotencyKey)) ? [] : await workOf(ctx);
  const descriptor: Descriptor<Work> = {
    id: newId(),
    coordinator: ctx.bank.id,
    incarnation: ctx.bank.incarnation,
    sequence: await ctx.bank.commit.nextSequence(),
    branches: work,
    decider: ctx.bank.manifest.decider,
    prepareWithinMs: PREPARE_WITHIN_MS,
    purpose: SETTLEMENT,
  };
  const command = beginCommand(ctx, descriptor, input.idempotencyKey);
  const { answer } = await ctx.bank.commit.begin(descriptor.id, command);
  if (!answer.ok) throw new RefusalError(answer.refusal);
  return waitForOutcome(ctx, answer.value.id);
}

/** One branch for each bank that owes or is owed. */
async function workOf(ctx: StaffContext): Promise<Descriptor<Work>["branches"]> {
  const { positions, sumCentavos } = await readPositions(ctx);
  const silent = positions.filter(({ positionCentavos }) => positionCentavos === null);
  if (silent.length > 0) {
    const banks = silent.map(({ bank }) => bank).join(", ");
    throw new RefusalError({ code: "banks-silent", details: { banks } });
  }
  if (sumCentavos !== 0) throw new RefusalError({ code: "settlement-open", details: {} });
  const branches = positions.flatMap(({ bank, positionCentavos }) => {
    const position = positionCentavos ?? 0;
    if (position === 0) return [];
    // Reserves read as positive on the debit side: who owes pays out of them.
    const direction = position > 0 ? ("credit" as const) : ("debit" as const);
    const leg = { account: RESERVES, direction, amountCentavos: Math.abs(position) };
    const work: Work = { kind: "money", legs: [leg], description: "Liquidação" };
    return [{ bank, work }];
  });
  if (branches.length === 0) throw new RefusalError({ code: "nothing-to-settle", details: {} });
  return branches;
}

function beginCommand(
  ctx: StaffContext,
  descriptor: Descriptor<Work>,
  key: string,
): Command<Begun> {
  const scope = actorScope(ctx.actor);
  const { parts } = ctx.bank.commit;
  const hash = hashCanonical(descriptor);
  return {
    name: OPERATION,
    priority: "begin",
    idempotency: { scope, key },
    coordinated: descriptor.id,
    accounts: () => beginAccounts(parts.bank, descriptor),
    decide(set) {
      let step: StepResult | null = null;
      const answer = once(set, { scope, key, operation: OPERATION, request: {} }, () => {
        if (set.draining) return refused("bank-draining", { bank: parts.bank });
        if (descriptor.incarnation !== set.incarnation) {
          return refused("overloaded", { bank: parts.bank });
        }
        step = beginTransaction(set, parts, descriptor, hash, {
          purpose: SETTLEMENT,
          createdBy: scope,
        });
        set.audit({
          ...auditedStaff(ctx),
          action: OPERATION,
          subject: descriptor.id,
          transactionId: descriptor.id,
          details: { branches: descriptor.branches },
        });
        return { ok: true, value: { id: descriptor.id } } as const;
      });
      return { answer, step };
    },
  };
}

async function waitForOutcome(ctx: StaffContext, id: string): Promise<SettlementView> {
  const until = performance.now() + WAIT_MS;
  for (;;) {
    const waiting = ctx.bank.commit.waitForDecision(id, RECHECK_MS);
    try {
      // oxlint-disable-next-line no-await-in-loop -- looks again after each wait
      const { view, refusal } = await readSettlement(ctx, id);
      if (refusal !== null) throw new RefusalError(refusal);
      if (view.state !== "open" || performance.now() >= until) return view;
      // oxlint-disable-next-line no-await-in-loop -- as above
      await waiting.over;
    } finally {
      waiting.cancel();
    }
  }
}
