import type { ApprovalRequest, TransferView } from "@pacto/contract";
import { hashCanonical } from "@pacto/contract/signing";
import { changeTerms, unblockAccount } from "../accounts/change-account.ts";
import { reverseCash } from "../cash/cash-receipt.ts";
import { withdraw } from "../cash/move-cash.ts";
import type { StaffContext } from "../context.ts";
import { signDebit } from "../debits/pending-debits.ts";
import type { ItemOutcome } from "../jobs/job-kinds.ts";
import { setLimits } from "../limits/limits.ts";
import type { Role } from "../staff/actor.ts";
import { createTransfer } from "../transfers/create-transfer.ts";
import { reverseTransfer } from "../transfers/reverse-transfer.ts";
import { setApprovalRules } from "./rules.ts";

export type ApprovalKind = ApprovalRequest["kind"];
type PayloadOf<Kind extends ApprovalKind> = Extract<ApprovalRequest, { kind: Kind }>["payload"];

/** What a verb says of itself to be put before a second person. */
interface Approvable<Kind extends ApprovalKind> {
  readonly makers: readonly Role[];
  readonly approvers: readonly Role[];
  /** What it is about: only one request about it may be open. */
  readonly resource: (payload: PayloadOf<Kind>) => string;
  /**
   * Does it at most once for the key, in the maker's name, looking at funds and limits as they are
   * now. Throws RefusalError when it cannot be done; `waiting` is asked for again by the same key.
   */
  readonly execute: (
    ctx: StaffContext,
    payload: PayloadOf<Kind>,
    idempotencyKey: string,
  ) => Promise<ItemOutcome>;
}

const WAIT_MS = 5_000;
const counter: Pick<Approvable<"cash.withdraw">, "makers" | "approvers"> = {
  makers: ["teller"],
  approvers: ["supervisor"],
};
const supervised = { makers: ["teller", "supervisor"], approvers: ["supervisor"] } as const;

function done(subject: string): ItemOutcome {
  return { status: "done", subject };
}

function outcomeOf({ id, state, refusal }: TransferView): ItemOutcome {
  if (state === "committed") return done(id);
  if (state !== "aborted") return { status: "waiting" };
  const why = refusal ?? { code: "presumed-abort", details: {} };
  return { status: "failed", subject: id, refusal: why };
}

/** Everything that a second person can be asked for; the contract has the payloads. */
export const approvables: { readonly [Kind in ApprovalKind]: Approvable<Kind> } = {
  "accounts.unblock": {
    ...supervised,
    resource: ({ number }) => `account:${number}`,
    async execute(ctx, payload, idempotencyKey) {
      await unblockAccount(ctx, { ...payload, idempotencyKey });
      return done(payload.number);
    },
  },
  "accounts.changeTerms": {
    ...supervised,
    resource: ({ number }) => `account:${number}`,
    async execute(ctx, payload, idempotencyKey) {
      await changeTerms(ctx, { ...payload, idempotencyKey });
      return done(payload.number);
    },
  },
  "approvals.setRules": {
    makers: ["supervisor", "user-admin"],
    approvers: ["supervisor"],
    resource: () => "approval-rules",
    async execute(ctx, payload, idempotencyKey) {
      await setApprovalRules(ctx, { ...payload, idempotencyKey });
      return done("approval-rules");
    },
  },
  "cash.reverse": {
    ...supervised,
    resource: ({ postingId }) => `posting:${postingId}`,
    async execute(ctx, payload, idempotencyKey) {
      return done((await reverseCash(ctx, { ...payload, idempotencyKey })).postingId);
    },
  },
  "cash.withdraw": {
    ...counter,
    resource: (payload) => `withdrawal:${hashCanonical(payload)}`,
    async execute(ctx, payload, idempotencyKey) {
      return done((await withdraw(ctx, { ...payload, idempotencyKey })).postingId);
    },
  },
  "debits.sign": {
    ...counter,
    resource: ({ id }) => `debit:${id}`,
    async execute(ctx, payload, idempotencyKey) {
      const { cash, transfer } = await signDebit(ctx, { ...payload, idempotencyKey });
      return transfer === null ? done(cash?.postingId ?? payload.id) : outcomeOf(transfer);
    },
  },
  "limits.set": {
    ...supervised,
    resource: ({ owner }) =>
      "client" in owner ? `client:${owner.client}` : `account:${owner.account}`,
    async execute(ctx, payload, idempotencyKey) {
      await setLimits(ctx, { ...payload, idempotencyKey }, true);
      return done("client" in payload.owner ? payload.owner.client : payload.owner.account);
    },
  },
  "transfers.create": {
    ...counter,
    resource: (payload) => `transfer:${hashCanonical(payload)}`,
    async execute(ctx, payload, idempotencyKey) {
      const input = { ...payload, idempotencyKey, waitMs: WAIT_MS };
      return outcomeOf(await createTransfer(ctx, input));
    },
  },
  "transfers.reverse": {
    ...supervised,
    resource: ({ id }) => `transfer:${id}`,
    async execute(ctx, payload, idempotencyKey) {
      const input = { ...payload, idempotencyKey, waitMs: WAIT_MS };
      return outcomeOf(await reverseTransfer(ctx, input));
    },
  },
};

export function isApprovalKind(kind: string): kind is ApprovalKind {
  return Object.hasOwn(approvables, kind);
}

/** The parts of a kind that do not depend on its payload, and those that do, for a stored request. */
export function approvableOf({ kind, payload }: ApprovalRequest) {
  // The union's kind and payload belong together; TypeScript cannot follow that through the index.
  const known = approvables[kind] as unknown as Approvable<never>;
  return {
    makers: known.makers,
    approvers: known.approvers,
    resource: () => known.resource(payload as never),
    execute: (ctx: StaffContext, key: string) => known.execute(ctx, payload as never, key),
  };
}
