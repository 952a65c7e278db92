import type { Refusal, TransferSide, Work } from "@pacto/contract";

export interface TransferRequest {
  readonly from: readonly TransferSide[];
  readonly to: readonly TransferSide[];
}

export interface MoneyBranch {
  readonly bank: string;
  readonly work: Work;
}

export type Split =
  | { readonly ok: true; readonly branches: readonly MoneyBranch[]; readonly totalCentavos: number }
  | { readonly ok: false; readonly refusal: Refusal };

type Legs = Work["legs"];

/**
 * A transfer as one branch per bank, in the order in which the banks are named: several accounts
 * of one bank are one branch (lesson 1), and accounts are told apart by bank and number (lesson 2).
 */
export function splitIntoBranches(
  request: TransferRequest,
  members: ReadonlySet<string>,
  description: string,
): Split {
  const legs = new Map<string, Legs>();
  const directions = new Map<string, "debit" | "credit">();
  let paid = 0n;
  let received = 0n;
  for (const [direction, sides] of [
    ["debit", request.from],
    ["credit", request.to],
  ] as const) {
    for (const { bank, account, amountCentavos } of sides) {
      if (!members.has(bank)) return refuse("unknown-bank", { bank });
      const key = `${bank}/${account}`;
      if ((directions.get(key) ?? direction) !== direction) {
        return refuse("same-account-both-sides", { bank, account });
      }
      directions.set(key, direction);
      const branch = legs.get(bank) ?? [];
      branch.push({ account, direction, amountCentavos });
      legs.set(bank, branch);
      if (direction === "debit") paid += BigInt(amountCentavos);
      else received += BigInt(amountCentavos);
    }
  }
  if (paid !== received) {
    return refuse("unbalanced", { differenceCentavos: Number(paid - received) });
  }
  if (paid > BigInt(Number.MAX_SAFE_INTEGER)) return refuse("amount-too-large", {});
  const branches = [...legs].map(([bank, of]): MoneyBranch => ({
    bank,
    work: { kind: "money", legs: of, description },
  }));
  return { ok: true, branches, totalCentavos: Number(paid) };
}

function refuse(code: Refusal["code"], details: Refusal["details"]): Split {
  return { ok: false, refusal: { code, details } };
}
