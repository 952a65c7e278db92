import type {
  CloseDrawerInput,
  DrawerSessionView,
  HandOverInput,
  OpenDrawerInput,
  OwnDrawer,
  Refusal,
  VaultInput,
} from "@pacto/contract";
import { auditedStaff } from "../audit/audited.ts";
import type { StaffContext } from "../context.ts";
import { once, refused, type Answer } from "../idempotency/once.ts";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import { CASH, OVER_SHORT, RESERVES } from "../ledger/internal-accounts.ts";
import { ledgerRefusal } from "../ledger/ledger-refusal.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { drawerNumber } from "./cash-side.ts";
import { readRules } from "./counter-rules.ts";
import { ensureDrawer, selectSessions, selectVault } from "./sql.ts";

interface Verb<Value> {
  readonly operation: string;
  readonly input: { readonly idempotencyKey: string };
  readonly accounts: readonly string[];
  readonly decide: (set: WorkingSet) => Answer<Value>;
}

/** Runs one drawer verb through the engine, once for its key, with its audit event. */
async function run<Value>(ctx: StaffContext, verb: Verb<Value>): Promise<Value> {
  const { operation, accounts } = verb;
  const { idempotencyKey: key, ...request } = verb.input;
  const scope = actorScope(ctx.actor);
  const answer = await ctx.bank.engine.run({
    name: operation,
    priority: "begin" as const,
    idempotency: { scope, key },
    accounts: () => accounts,
    decide: (set: WorkingSet) =>
      once(set, { scope, key, operation, request }, () => {
        const decided = verb.decide(set);
        if (decided.ok) {
          const subject = drawerNumber(scope);
          set.audit({
            ...auditedStaff(ctx),
            action: operation,
            subject,
            transactionId: null,
            details: { ...request, result: decided.value },
          });
        }
        return decided;
      }),
  });
  if (!answer.ok) throw new RefusalError(answer.refusal);
  return answer.value;
}

/**
 * Opens the teller's own drawer with a float from the vault.
 * Throws RefusalError `drawer-open` or `vault-short`.
 */
export async function openDrawer(ctx: StaffContext, input: OpenDrawerInput): Promise<OwnDrawer> {
  const teller = actorScope(ctx.actor);
  const number = drawerNumber(teller);
  await ensureDrawer(ctx.bank.pools.api, number);
  const session = newId();
  await run(ctx, {
    operation: "cash.openDrawer",
    input,
    accounts: [number, CASH],
    decide(set) {
      const drawer = stateOf(set, number);
      if (drawer.status === "active") return refused("drawer-open");
      set.changeTerms({ ...drawer, status: "active" });
      const amount = BigInt(input.floatCentavos);
      const refusal = moveInside(ctx, set, {
        kind: "drawer-float",
        from: CASH,
        to: number,
        amount,
      });
      if (refusal !== undefined) return closedAgain(set, drawer, refusal);
      set.alsoWrite({
        name: "drawer-open-session",
        text: `INSERT INTO drawer_session (id, account_id, teller, opening)
               VALUES ($1, $2, $3, $4)`,
        values: [session, drawer.id, teller, amount],
      });
      return { ok: true, value: { session } };
    },
  });
  return readOwnDrawer(ctx);
}

/** A refused command changes nothing: the account that was opened for it is closed again. */
function closedAgain(
  set: WorkingSet,
  drawer: ReturnType<typeof stateOf>,
  refusal: Refusal,
): { readonly ok: false; readonly refusal: Refusal } {
  set.changeTerms(drawer);
  const code = refusal.code === "ceiling-exceeded" ? "vault-short" : refusal.code;
  return { ok: false, refusal: { ...refusal, code } };
}

/** R$ 10 billion: no drawer holds more, and books could not take it up again and again. */
const COUNT_MAX = 1_000_000_000_000n;

/**
 * Closes the teller's own drawer by a blind count: what is over or short is booked to its own
 * account, and what was counted goes back to the vault. Throws RefusalError `drawer-not-open`, or
 * `amount-too-large` for a count that the vault's books cannot hold.
 */
export async function closeDrawer(
  ctx: StaffContext,
  input: CloseDrawerInput,
): Promise<DrawerSessionView> {
  const number = drawerNumber(actorScope(ctx.actor));
  const counted = input.count.reduce(
    (sum, { valueCentavos, pieces }) => sum + BigInt(valueCentavos) * BigInt(pieces),
    0n,
  );
  if (counted > COUNT_MAX) throw new RefusalError({ code: "amount-too-large", details: {} });
  const { accountId } = await run(ctx, {
    operation: "cash.closeDrawer",
    input,
    accounts: [number, CASH, OVER_SHORT],
    decide(set) {
      const id = set.accountId(number);
      const drawer = id === undefined ? undefined : set.account(id);
      if (drawer?.status !== "active") return refused("drawer-not-open");
      const expected = -drawer.ledger;
      const difference = counted - expected;
      const booking =
        difference >= 0n
          ? { from: OVER_SHORT, to: number, amount: difference }
          : { from: number, to: OVER_SHORT, amount: -difference };
      const refusal =
        moveInside(ctx, set, { kind: "over-short", ...booking }) ??
        moveInside(ctx, set, { kind: "drawer-close", from: number, to: CASH, amount: counted });
      // Thrown, so that the whole command is undone: the difference may be booked already.
      if (refusal !== undefined) throw new RefusalError(refusal);
      set.changeTerms({ ...stateOf(set, number), status: "closed" });
      set.alsoWrite({
        name: "drawer-close-session",
        text: `UPDATE drawer_session SET closed_at = now(), expected = $2, counted = $3, count = $4
                WHERE account_id = $1 AND closed_at IS NULL`,
        values: [drawer.id, expected, counted, JSON.stringify(input.count)],
      });
      const value = { accountId: String(drawer.id), differenceCentavos: Number(difference) };
      return { ok: true, value };
    },
  });
  const [session] = await selectSessions(ctx.bank.pools.api, { account: accountId, limit: 1 });
  if (session === undefined) throw new Error("a closed drawer has no session");
  return session;
}

/**
 * Hands cash from one's own drawer over to another teller's open one.
 * Throws RefusalError `drawer-not-open`, `receiving-drawer-not-open` or `drawer-short`.
 */
export async function handOver(ctx: StaffContext, input: HandOverInput) {
  const from = drawerNumber(actorScope(ctx.actor));
  const to = drawerNumber(input.to);
  return run(ctx, {
    operation: "cash.handOver",
    input,
    accounts: [from, to],
    decide(set) {
      if (!isOpen(set, from)) return refused("drawer-not-open");
      if (from === to || !isOpen(set, to)) return refused("receiving-drawer-not-open");
      const postingId = newId(set.now);
      const amount = BigInt(input.amountCentavos);
      const moved = { kind: "hand-over", from, to, amount, id: postingId };
      const refusal = moveInside(ctx, set, moved);
      if (refusal === undefined) {
        return { ok: true, value: { postingId, amountCentavos: input.amountCentavos } };
      }
      return refusal.code === "ceiling-exceeded" ? refused("drawer-short") : { ok: false, refusal };
    },
  });
}

/** Brings cash into the vault from the bank's reserves, or back. Throws RefusalError `vault-short`. */
export async function moveVault(ctx: StaffContext, input: VaultInput) {
  await run(ctx, {
    operation: "cash.moveVault",
    input,
    accounts: [CASH, RESERVES],
    decide(set) {
      const [from, to] = input.direction === "in" ? [RESERVES, CASH] : [CASH, RESERVES];
      const amount = BigInt(input.amountCentavos);
      const refusal = moveInside(ctx, set, { kind: "vault-supply", from, to, amount });
      if (refusal === undefined) return { ok: true, value: {} };
      return refusal.code === "ceiling-exceeded" ? refused("vault-short") : { ok: false, refusal };
    },
  });
  return { vaultCentavos: await selectVault(ctx.bank.pools.api) };
}

/** One's own drawer, without what should lie in it. */
export async function readOwnDrawer(ctx: StaffContext): Promise<OwnDrawer> {
  const teller = actorScope(ctx.actor);
  const [session] = await selectSessions(ctx.bank.pools.api, { teller, openOnly: true, limit: 1 });
  const { drawersRequired } = await readRules(ctx);
  return {
    isOpen: session !== undefined,
    openedAt: session?.openedAt ?? null,
    openingCentavos: session?.openingCentavos ?? null,
    drawersRequired,
  };
}

const SESSIONS_MAX = 100;

/** The newest drawers of all tellers, with what the ledger says of each, and the vault. */
export async function listDrawers(ctx: StaffContext, input: { readonly openOnly: boolean }) {
  const { openOnly } = input;
  const sessions = await selectSessions(ctx.bank.pools.api, { openOnly, limit: SESSIONS_MAX });
  return { vaultCentavos: await selectVault(ctx.bank.pools.api), sessions };
}

interface InsideMove {
  readonly id?: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly amount: bigint;
}

/**
 * Moves cash between accounts of the bank itself. They read as positive on the debit side, so the
 * receiving one is debited.
 */
function moveInside(
  ctx: StaffContext,
  set: WorkingSet,
  { id, kind, from, to, amount }: InsideMove,
): Refusal | undefined {
  if (amount === 0n) return undefined;
  const posting = {
    id: id ?? newId(set.now),
    kind,
    description: "",
    transactionId: null,
    actor: actorScope(ctx.actor),
  };
  const decision = set.post(posting, [
    { account: stateOf(set, to).id, direction: "debit", amount },
    { account: stateOf(set, from).id, direction: "credit", amount },
  ]);
  return decision.ok ? undefined : ledgerRefusal(ctx.bank.id, set, decision.refusal);
}

function isOpen(set: WorkingSet, number: string): boolean {
  const id = set.accountId(number);
  return id !== undefined && set.account(id)?.status === "active";
}

function stateOf(set: WorkingSet, number: string) {
  const id = set.accountId(number);
  const state = id === undefined ? undefined : set.account(id);
  if (state === undefined) throw new Error(`the bank has no account ${number}`);
  return state;
}
