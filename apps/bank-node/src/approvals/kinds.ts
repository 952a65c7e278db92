import type { ApprovalRequest, Refusal, TransferView } from "@pacto/contract";
import { hashCanonical } from "@pacto/contract/signing";
import { changeTerms, unblockAccount } from "../accounts/change-account.ts";
import { closeAccount } from "../accounts/close-account.ts";
import { openAccount } from "../accounts/open-account.ts";
import { reverseCash } from "../cash/cash-receipt.ts";
import { withdraw } from "../cash/move-cash.ts";
import type { StaffContext } from "../context.ts";
import { signDebit } from "../debits/pending-debits.ts";
import type { ItemOutcome } from "../jobs/job-kinds.ts";
import { setLimits } from "../limits/limits.ts";
import { createLoan } from "../loans/create-loan.ts";
import { payLoanByTransfer } from "../loans/pay-by-transfer.ts";
import { refundPix } from "../pix/refunds/refund-pix.ts";
import { sendPix } from "../pix/send-pix.ts";
import type { Role, StaffActor } from "../staff/actor.ts";
import { setRoles } from "../staff/set-roles.ts";
import { createTransfer } from "../transfers/create-transfer.ts";
import { reverseTransfer } from "../transfers/reverse-transfer.ts";
import { setApprovalRules } from "./rules.ts";

export type ApprovalKind = ApprovalRequest["kind"];

type Payloads = {
  readonly [Kind in ApprovalKind]: Extract<ApprovalRequest, { kind: Kind }>["payload"];
};

/**
 * A request whose kind and payload belong together, which TypeScript follows through the registry
 * where it is written as one index into a mapped type.
 */
type RequestOf<Kind extends ApprovalKind> = {
  readonly [Each in Kind]: { readonly kind: Each; readonly payload: Payloads[Each] };
}[Kind];

/** What a verb says of itself to be put before a second person. */
interface Approvable<Kind extends ApprovalKind> {
  readonly makers: readonly Role[];
  readonly approvers: readonly Role[];
  /** What it is about: only one request about it may be open. */
  readonly resource: (payload: Payloads[Kind]) => string;
  /**
   * Does it at most once for the key, in the maker's name, looking at funds and limits as they are
   * now. Throws RefusalError when it cannot be done; `waiting` is asked for again by the same key.
   */
  readonly execute: (
    ctx: StaffContext,
    payload: Payloads[Kind],
    idempotencyKey: string,
  ) => Promise<ItemOutcome>;
}

type Registry = { readonly [Kind in ApprovalKind]: Approvable<Kind> };

const WAIT_MS = 5_000;
const counter = { makers: ["teller"], approvers: ["supervisor"] } as const;
const supervised = { makers: ["teller", "supervisor"], approvers: ["supervisor"] } as const;

function done(subject: string): ItemOutcome {
  return { status: "done", subject };
}

function failed(subject: string, refusal: Refusal | null): ItemOutcome {
  const why = refusal ?? { code: "presumed-abort", details: {} };
  return { status: "failed", subject, refusal: why };
}

function outcomeOf({ id, state, refusal }: Pick<TransferView, "id" | "state" | "refusal">) {
  if (state === "committed") return done(id);
  return state === "aborted" ? failed(id, refusal) : ({ status: "waiting" } as const);
}

/** Everything that a second person can be asked for; the contract has the payloads. */
export const approvables: Registry = {
  "accounts.changeTerms": {
    ...supervised,
    resource: ({ number }) => `account:${number}`,
    async execute(ctx, payload, idempotencyKey) {
      await changeTerms(ctx, { ...payload, idempotencyKey });
      return done(payload.number);
    },
  },
  "accounts.close": {
    ...supervised,
    resource: ({ number }) => `account:${number}`,
    async execute(ctx, payload, idempotencyKey) {
      await closeAccount(ctx, { ...payload, idempotencyKey });
      return done(payload.number);
    },
  },
  "accounts.open": {
    ...counter,
    resource: (payload) => `opening:${hashCanonical(payload)}`,
    async execute(ctx, payload, idempotencyKey) {
      return done((await openAccount(ctx, { ...payload, idempotencyKey })).number);
    },
  },
  "accounts.unblock": {
    ...supervised,
    resource: ({ number }) => `account:${number}`,
    async execute(ctx, payload, idempotencyKey) {
      await unblockAccount(ctx, { ...payload, idempotencyKey });
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
  // The node itself takes the manifest over, once it lies there and finds this approval.
  "keys.change": {
    makers: ["operator"],
    approvers: ["supervisor"],
    resource: () => "bank-keys",
    execute: ({ bank }, { epoch }) => Promise.resolve(done(`${bank.id}, epoch ${epoch}`)),
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
  "loans.create": {
    ...counter,
    resource: ({ disburseTo }) => `loan:${disburseTo}`,
    async execute(ctx, payload, idempotencyKey) {
      return done((await createLoan(ctx, { ...payload, idempotencyKey })).number);
    },
  },
  "loans.payByTransfer": {
    ...counter,
    resource: ({ number }) => `loan-payment:${number}`,
    async execute(ctx, payload, idempotencyKey) {
      const input = { ...payload, idempotencyKey, waitMs: WAIT_MS };
      return outcomeOf(await payLoanByTransfer(ctx, input));
    },
  },
  "pix.refund": {
    ...supervised,
    resource: ({ endToEndId }) => `pix:${endToEndId}`,
    // Its own key is the refund's id, which is part of what was read.
    async execute(ctx, payload) {
      const refund = await refundPix(ctx, { ...payload, waitMs: WAIT_MS });
      const { transactionId, status, refusal } = refund;
      if (status === "NAO_REALIZADO") return failed(transactionId, refusal);
      return status === "DEVOLVIDO" ? done(transactionId) : { status: "waiting" };
    },
  },
  "pix.send": {
    ...counter,
    resource: (payload) => `pix:${hashCanonical(payload)}`,
    async execute(ctx, payload, idempotencyKey) {
      const { transactionId: id, ...pix } = await sendPix(ctx, {
        ...payload,
        idempotencyKey,
        waitMs: WAIT_MS,
      });
      return outcomeOf({ id, ...pix });
    },
  },
  "staff.setRoles": {
    makers: ["user-admin"],
    approvers: ["user-admin"],
    resource: ({ id }) => aboutMember(id),
    async execute(ctx, payload, idempotencyKey) {
      await setRoles(ctx, { ...payload, idempotencyKey });
      return done(payload.id);
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

/** Who asks for it and who decides it, whatever its payload. */
export function rolesFor(
  kind: ApprovalKind,
): Pick<Approvable<ApprovalKind>, "makers" | "approvers"> {
  return approvables[kind];
}

/** What the request is about: only one request about it may be open. */
export function resourceOf<Kind extends ApprovalKind>(request: RequestOf<Kind>): string {
  const known: Registry[Kind] = approvables[request.kind];
  return known.resource(request.payload);
}

/** The resource of requests about a member of the staff. */
export function aboutMember(id: string): string {
  return `staff:${id}`;
}

/** Whether a request is about the person itself: nobody asks for it then, and nobody decides it. */
export function isAboutSelf({ id }: StaffActor, request: ApprovalRequest): boolean {
  return resourceOf(request) === aboutMember(id);
}

/** Does what was asked for, at most once for the key. Throws RefusalError when it cannot be done. */
export function execute<Kind extends ApprovalKind>(
  ctx: StaffContext,
  request: RequestOf<Kind>,
  idempotencyKey: string,
): Promise<ItemOutcome> {
  const known: Registry[Kind] = approvables[request.kind];
  return known.execute(ctx, request.payload, idempotencyKey);
}
