import type { CreateLoanInput, SimulateLoanInput } from "@pacto/contract";
import { readAmount } from "../../components/money-field.tsx";
import type { Locale } from "../../i18n/locale.ts";
import { readPpm } from "../../i18n/rate.ts";
import type { PickedAccount } from "../accounts/account-picker.tsx";

/** A loan as it is filled in, everything as typed. */
export interface LoanDraft {
  readonly bank: string;
  readonly account: PickedAccount | null;
  readonly principal: string;
  readonly rate: string;
  readonly ratePer: "month" | "year";
  readonly system: "price" | "sac";
  readonly installments: string;
  readonly firstDueOn: string;
  readonly lateRate: string;
  readonly penalty: string;
}

const INSTALLMENTS_MOST = 480;

export type LoanProblem =
  | "bank"
  | "account"
  | "principal"
  | "rate"
  | "installments"
  | "firstDueOn"
  | "lateRate"
  | "penalty";

/** How many installments a text means; null when it is no such number. */
export function readInstallments(text: string): number | null {
  const count = /^[0-9]{1,3}$/.test(text.trim()) ? Number(text) : 0;
  return count >= 1 && count <= INSTALLMENTS_MOST ? count : null;
}

/** The terms that can be simulated, or null while something is missing. */
export function toTerms(draft: LoanDraft, locale: Locale): SimulateLoanInput | null {
  const principal = readAmount(draft.principal, locale);
  const ratePpm = readPpm(draft.rate);
  const installments = readInstallments(draft.installments);
  if (principal === null || ratePpm === null || ratePpm === 0 || installments === null) return null;
  if (draft.firstDueOn === "") return null;
  return {
    system: draft.system,
    principalCentavos: Number(principal),
    ratePpm,
    ratePer: draft.ratePer,
    installments,
    firstDueOn: draft.firstDueOn,
  };
}

/** The request without its key, or null while something is missing. */
export function toLoan(
  draft: LoanDraft,
  locale: Locale,
): Omit<CreateLoanInput, "idempotencyKey"> | null {
  const terms = toTerms(draft, locale);
  const lateMonthlyRatePpm = readPpm(draft.lateRate);
  const penaltyPpm = readPpm(draft.penalty);
  if (terms === null || draft.account === null || draft.bank === "") return null;
  if (lateMonthlyRatePpm === null || penaltyPpm === null) return null;
  return { ...terms, disburseTo: draft.account.number, lateMonthlyRatePpm, penaltyPpm };
}

/** What still keeps the loan from being made. */
export function findProblems(draft: LoanDraft, locale: Locale): ReadonlySet<LoanProblem> {
  const rate = readPpm(draft.rate);
  const checks: Record<LoanProblem, boolean> = {
    bank: draft.bank === "",
    account: draft.account === null,
    principal: readAmount(draft.principal, locale) === null,
    rate: rate === null || rate === 0,
    installments: readInstallments(draft.installments) === null,
    firstDueOn: draft.firstDueOn === "",
    lateRate: readPpm(draft.lateRate) === null,
    penalty: readPpm(draft.penalty) === null,
  };
  const found = Object.entries(checks).filter(([, isWrong]) => isWrong);
  return new Set(found.map(([field]) => field as LoanProblem));
}
