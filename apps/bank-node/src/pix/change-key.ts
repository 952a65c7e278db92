import { maskPixKey } from "@pacto/banking";
import { setTimeout as sleep } from "node:timers/promises";
import type { Descriptor } from "@pacto/atomic-commit";
import type { PixKeyOperation, Refusal, Work } from "@pacto/contract";
import { hashCanonical } from "@pacto/contract/signing";
import { auditedStaff } from "../audit/audited.ts";
import type { StepResult } from "../commit/parts.ts";
import {
  beginAccounts,
  beginHolders,
  beginKeys,
  beginTransaction,
} from "../commit/run-coordinator.ts";
import type { StaffContext } from "../context.ts";
import type { Command } from "../ledger/engine/command.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { refusalFrom } from "../transfers/view-transfer.ts";
import { catchUpWithAll } from "./catch-up.ts";
import { selectKey, type DirectoryRow } from "./sql.ts";

/** How long the banks may take to vote. */
const PREPARE_WITHIN_MS = 2_000;
const PING_MS = 800;
const RECHECK_MS = 100;
const PATIENCE_MS = 15_000;
/** Two banks that want the same key step back for a random while and try again. */
const STEP_BACK_MS = 250;

type Wish = Omit<PixKeyOperation, "version">;

/** What is to be done, once the row is known; a refusal, or null when nothing is left to do. */
export type Decide = (row: DirectoryRow | undefined) => Wish | Refusal | null;

/**
 * Carries one operation on the directory through a majority of the members, whichever are up. It
 * is tried again while banks are busy with the key, behind, or silent; what another operation on
 * the key has meanwhile done is decided upon anew.
 * @returns the refusal that stands, or null when the directory says what was wished
 */
export async function changeKey(
  ctx: StaffContext,
  key: string,
  decide: Decide,
): Promise<Refusal | null> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const row = await selectKey(ctx.bank.pools.api, key);
    const wish = decide(row);
    if (wish === null || "code" in wish) return wish;
    const refusal = await attempt(ctx, { ...wish, version: (row?.version ?? 0) + 1 });
    if (refusal === null) continue;
    if (performance.now() > until || !isPassing(refusal) || ENDS.includes(refusal.code)) {
      return refusal;
    }
    const isLate = refusal.code === "pix-key-changed" || refusal.code === "pix-key-taken";
    // Another bank knows more of this key than this one.
    if (isLate) await catchUpWithAll(ctx.bank);
    if (refusal.code === "pix-key-taken" && (await selectKey(ctx.bank.pools.api, key))?.owner) {
      continue;
    }
    await sleep(Math.random() * STEP_BACK_MS);
  }
}

const PASSING: readonly Refusal["code"][] = [
  "pix-key-busy",
  "pix-key-changed",
  "pix-key-behind",
  "pix-key-taken",
  "banks-silent",
  "overloaded",
  "pix-no-majority",
  "outcome-unknown",
];

/** Waiting here would not help: the caller says it, or comes back later. */
const ENDS: readonly Refusal["code"][] = ["pix-no-majority", "outcome-unknown"];

/** Whether the same wish may come true a little later. */
export function isPassing({ code }: Refusal): boolean {
  return PASSING.includes(code);
}

/** One global transaction: committed (null), or why not. */
async function attempt(ctx: StaffContext, operation: PixKeyOperation): Promise<Refusal | null> {
  const members = ctx.bank.manifest.members.map(({ id }) => id);
  const present = await whoAnswers(ctx, members);
  if (present.length <= members.length / 2) {
    const details = { present: present.length, members: members.length };
    return { code: "pix-no-majority", details };
  }
  if (operation.from !== undefined && !present.includes(operation.from)) {
    return { code: "banks-silent", details: { banks: operation.from } };
  }
  const work: Work = { kind: "money", legs: [], description: "", pixKey: operation };
  const descriptor: Descriptor<Work> = {
    id: newId(),
    coordinator: ctx.bank.id,
    incarnation: ctx.bank.incarnation,
    sequence: await ctx.bank.commit.nextSequence(),
    branches: present.map((bank) => ({ bank, work })),
    decider: ctx.bank.manifest.decider,
    prepareWithinMs: PREPARE_WITHIN_MS,
    purpose: "pix-key",
  };
  const { refusal } = await ctx.bank.commit.begin(descriptor.id, beginCommand(ctx, descriptor));
  return refusal ?? outcomeOf(ctx, descriptor.id);
}

/** This bank and those of the others that answer now: they will take part. */
async function whoAnswers(ctx: StaffContext, members: readonly string[]): Promise<string[]> {
  const answers = await Promise.all(
    members.map(async (member) => {
      if (member === ctx.bank.id) return true;
      const limit = { timeoutMs: PING_MS };
      const [result] = await ctx.bank.peers.call(member, "commit.ping", [{}], limit);
      return result?.kind === "answer";
    }),
  );
  return members.filter((_, at) => answers[at]);
}

interface Begun {
  readonly refusal: Refusal | null;
  readonly step: StepResult | null;
}

function beginCommand(ctx: StaffContext, descriptor: Descriptor<Work>): Command<Begun> {
  const { parts } = ctx.bank.commit;
  const hash = hashCanonical(descriptor);
  const person = actorScope(ctx.actor);
  return {
    name: "pix.changeKey",
    priority: "begin",
    coordinated: descriptor.id,
    accounts: () => beginAccounts(parts.bank, descriptor),
    pixKeys: () => beginKeys(parts.bank, descriptor),
    pixHolders: () => beginHolders(parts.bank, descriptor),
    decide(set) {
      // Run again after a lost COMMIT: it was begun.
      if (set.coordinators.get(descriptor.id) !== undefined) return { refusal: null, step: null };
      const bank = parts.bank;
      if (set.recovering) return refuse({ code: "bank-recovering", details: { bank } });
      if (set.draining) return refuse({ code: "bank-draining", details: { bank } });
      if (descriptor.incarnation !== set.incarnation) {
        return refuse({ code: "overloaded", details: { bank } });
      }
      const begun = { purpose: "pix-key", createdBy: person };
      const step = beginTransaction(set, parts, descriptor, hash, begun);
      const operation = descriptor.branches[0]?.work.pixKey;
      set.audit({
        ...auditedStaff(ctx),
        action: `pix.key.${operation?.kind ?? "change"}`,
        subject: maskPixKey(operation?.key ?? ""),
        transactionId: descriptor.id,
        details: operation === undefined ? {} : auditedKey(operation),
      });
      return { refusal: null, step };
    },
  };
}

/** Where a key points; whose it is, the transaction tells. */
function auditedKey({ kind, type, version, owner }: PixKeyOperation) {
  const after = owner === null ? null : { bank: owner.bank, account: owner.account };
  return { kind, type, version, after };
}

function refuse(refusal: Refusal): Begun {
  return { refusal, step: null };
}

interface OutcomeRow {
  readonly state: string;
  readonly refusal: { readonly code: string } | null;
  readonly refuser: string | null;
}

/** Waits for the decision; after the patience of a person it is in progress, which is said. */
async function outcomeOf(ctx: StaffContext, id: string): Promise<Refusal | null> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const waiting = ctx.bank.commit.waitForDecision(id, RECHECK_MS);
    try {
      const { rows } = await ctx.bank.pools.api.query<OutcomeRow>(
        `SELECT state, record -> 'refusal' AS refusal,
                (SELECT vote ->> 'bank'
                   FROM jsonb_array_elements(coalesce(record -> 'certificate' -> 'votes', '[]'))
                        AS vote WHERE vote ->> 'vote' = 'no' LIMIT 1) AS refuser
           FROM global_transaction WHERE id = $1 AND record ->> 'certificate' IS NOT NULL`,
        [id],
      );
      const [row] = rows;
      if (row?.state === "committed") return null;
      if (row?.state === "aborted") {
        return refusalFrom(row.refusal ?? { code: "refused" }, row.refuser ?? ctx.bank.id);
      }
      if (performance.now() > until) return { code: "outcome-unknown", details: {} };
      await waiting.over;
    } finally {
      waiting.cancel();
    }
  }
}
