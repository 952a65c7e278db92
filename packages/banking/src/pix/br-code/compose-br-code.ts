import { pixKeyType } from "../key.ts";
import { type BrCode, type DynamicBrCode, NO_TXID, type StaticBrCode } from "./br-code.ts";
import type { Findings } from "./findings.ts";
import { pixAccounts, pixRecurrences } from "./pix-templates.ts";
import { readAmount } from "./read-amount.ts";

/** What sound objects say, or null when they say nothing that can be paid or authorised. */
export function composeBrCode(findings: Findings): BrCode | null {
  const base = composeBase(findings);
  const payment = composePayment(findings, base);
  const [recurrence] = pixRecurrences(findings);
  const recurrenceUrl = recurrence ? findings.value(`${recurrence.path}.25`) : null;
  if (recurrenceUrl === null) return payment;
  if (payment === null) return { kind: "recurrence", ...base, recurrenceUrl };
  return { kind: "composite", payment, recurrenceUrl };
}

type Base = Pick<StaticBrCode, "merchant" | "pointOfInitiation" | "amountCentavos">;

function composeBase(findings: Findings): Base {
  const initiation = findings.value("01");
  const amount = findings.value("54");
  return {
    merchant: {
      name: findings.value("59") ?? "",
      city: findings.value("60") ?? "",
      postalCode: findings.value("61"),
      categoryCode: findings.value("52") ?? "",
    },
    pointOfInitiation: initiation === "11" || initiation === "12" ? initiation : null,
    amountCentavos: amount === null ? null : readAmount(amount),
  };
}

function composePayment(findings: Findings, base: Base): StaticBrCode | DynamicBrCode | null {
  const [account] = pixAccounts(findings);
  if (!account) return null;
  const url = findings.value(`${account.path}.25`);
  if (url !== null) return { kind: "dynamic", ...base, url };
  const value = findings.value(`${account.path}.01`);
  const type = value === null ? null : pixKeyType(value);
  if (value === null || type === null) return null;
  const txid = findings.value("62.05");
  return {
    kind: "static",
    ...base,
    key: { type, value },
    txid: txid === NO_TXID ? null : txid,
    additionalInfo: findings.value(`${account.path}.02`),
    withdrawalIspb: findings.value(`${account.path}.03`),
  };
}
