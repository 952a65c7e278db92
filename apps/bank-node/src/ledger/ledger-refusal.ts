import type { LedgerRefusal } from "@pacto/banking";
import type { Refusal } from "@pacto/contract";
import type { WorkingSet } from "./engine/working-set.ts";

const PERIODS_PT = { transaction: "por operação", day: "de dia", night: "à noite" } as const;

/** The ledger's refusal as the wire tells it: account numbers instead of ids, plain integers. */
export function ledgerRefusal(bank: string, set: WorkingSet, refusal: LedgerRefusal): Refusal {
  const details: Record<string, string | number> = { bank };
  for (const [name, value] of Object.entries(refusal)) {
    if (name === "account") details["account"] = set.accountNumber(value as bigint);
    else if (typeof value === "bigint") details[name] = Number(value);
  }
  if (refusal.code === "limit-exceeded") {
    details["period"] = refusal.period;
    details["periodPt"] = PERIODS_PT[refusal.period];
  }
  return { code: refusal.code, details };
}
