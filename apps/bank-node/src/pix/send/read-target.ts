import { parseBrCode } from "@pacto/banking";
import type { ChargeSummary } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import { RefusalError } from "../../trpc.ts";
import { fetchCharge } from "../charges/fetch-charge.ts";
import { findKey } from "../resolve-key.ts";
import { findAccount, type FoundPayee } from "./find-account.ts";

/** Whom to pay: a key, a BR Code, or an account. */
export interface Target {
  readonly key?: string | undefined;
  readonly code?: string | undefined;
  readonly account?:
    | { readonly bank: string; readonly agency?: string | undefined; readonly account: string }
    | undefined;
}

/** Whom and what a target asks to be paid. */
export interface FoundTarget {
  readonly payee: FoundPayee;
  readonly txid: string | null;
  /** What the code or the charge says; null when the payer chooses. */
  readonly amountCentavos: number | null;
  readonly isAmountOpen: boolean;
  readonly description: string;
  readonly charge: ChargeSummary | null;
}

/**
 * Finds out what a target means. Nothing is promised: the payee's bank decides at prepare.
 * @throws RefusalError when the code cannot be paid, or nobody is found
 */
export async function readTarget(
  ctx: StaffContext,
  fromAccount: string,
  target: Target,
): Promise<FoundTarget> {
  const { key, code, account } = target;
  if (code !== undefined) return readCode(ctx, fromAccount, code);
  const payee =
    account === undefined
      ? await byKey(ctx, fromAccount, key ?? "")
      : await findAccount(ctx, fromAccount, account);
  const open = { amountCentavos: null, isAmountOpen: true, description: "", charge: null };
  return { payee, txid: null, ...open };
}

async function readCode(ctx: StaffContext, fromAccount: string, code: string) {
  const { brCode, violations } = parseBrCode(code);
  if (brCode === null) {
    const rule = violations.find(({ severity }) => severity === "error")?.rule ?? "empty";
    throw new RefusalError({ code: "pix-code-unreadable", details: { rule } });
  }
  const payment = brCode.kind === "composite" ? brCode.payment : brCode;
  if (payment.kind === "recurrence") {
    throw new RefusalError({ code: "pix-code-without-payment", details: {} });
  }
  if (payment.kind === "dynamic") return readCharge(ctx, fromAccount, payment.url);
  const { amountCentavos, txid, additionalInfo } = payment;
  return {
    payee: await byKey(ctx, fromAccount, payment.key.value),
    txid,
    amountCentavos: amountCentavos === null ? null : Number(amountCentavos),
    isAmountOpen: amountCentavos === null,
    description: additionalInfo ?? "",
    charge: null,
  };
}

async function readCharge(ctx: StaffContext, fromAccount: string, url: string) {
  const { key, isActive, ...charge } = await fetchCharge(ctx.bank, url);
  const { txid } = charge;
  if (!isActive) throw new RefusalError({ code: "pix-charge-closed", details: { txid } });
  if (Date.parse(charge.expiresAt) <= Date.now()) {
    throw new RefusalError({ code: "pix-charge-expired", details: { txid } });
  }
  return {
    payee: await byKey(ctx, fromAccount, key),
    txid,
    amountCentavos: charge.due.finalCentavos,
    isAmountOpen: charge.isAmountOpen,
    description: charge.request,
    charge,
  };
}

async function byKey(ctx: StaffContext, fromAccount: string, typed: string): Promise<FoundPayee> {
  const { key, owner } = await findKey(ctx, fromAccount, typed);
  return { key, owner };
}
