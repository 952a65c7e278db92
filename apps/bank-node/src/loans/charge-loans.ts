import {
  addDays,
  divideHalfEven,
  installmentInterest,
  overdueOn,
  PPM,
  saoPauloDate,
  type LocalDate,
} from "@pacto/banking";
import type { ChargeLoansOutput } from "@pacto/contract";
import { auditedStaff, writeAudit } from "../audit/audited.ts";
import type { Bank, StaffContext } from "../context.ts";
import { once, type Answer } from "../idempotency/once.ts";
import type { Command } from "../ledger/engine/command.ts";
import { INTEREST_INCOME } from "../ledger/internal-accounts.ts";
import { newId } from "../new-id.ts";
import { postToLoan } from "./post-charge.ts";
import { chargesMade, selectLoans, type LoanRow } from "./sql.ts";

/** Owner of the charges' keys: one charge is one key, however often the run is repeated. */
const SCOPE = "loan-charges";
const PAGE = 100;
/** A loan that nobody looked at for longer bears late interest for this many days at once. */
const LATE_DAYS_MAX = 3_650;

interface Charge {
  /** Unique within the loan: `interest/3`, `penalty/3`, `late/2026-11-21`. */
  readonly key: string;
  readonly kind: "loan-interest" | "loan-penalty" | "loan-late-interest";
  readonly description: string;
  /** Centavos on the debt as it stands under the lock; zero charges nothing, for good. */
  amountOn(debtCentavos: bigint): bigint;
}

/** What may be charged on a loan until and with a day, in the order of the days. */
function* chargesOf(loan: LoanRow, until: LocalDate): Generator<Charge> {
  const { plan } = loan;
  for (const [at, one] of plan.entries()) {
    if (one.dueOn > until) return;
    yield {
      key: `interest/${one.number}`,
      kind: "loan-interest",
      description: `${one.number}`,
      amountOn: (debt) => installmentInterest(one, loan.monthlyRatePpm, debt),
    };
    const nextDue = plan[at + 1]?.dueOn ?? addDays(one.dueOn, LATE_DAYS_MAX);
    const payment = one.interestCentavos + one.amortizationCentavos;
    // From the day after the due date until the next one, day by day.
    for (let day = addDays(one.dueOn, 1); day <= until && day <= nextDue; day = addDays(day, 1)) {
      if (day === addDays(one.dueOn, 1)) {
        yield {
          key: `penalty/${one.number}`,
          kind: "loan-penalty",
          description: `${one.number}`,
          amountOn: (debt) => {
            const overdue = overdueOn(plan, debt, day);
            return share(overdue < payment ? overdue : payment, loan.penaltyPpm, 1n);
          },
        };
      }
      yield {
        key: `late/${day}`,
        kind: "loan-late-interest",
        description: day,
        amountOn: (debt) => share(overdueOn(plan, debt, day), loan.lateMonthlyRatePpm, 30n),
      };
    }
  }
}

function share(centavos: bigint, ratePpm: bigint, parts: bigint): bigint {
  return divideHalfEven(centavos * ratePpm, PPM * parts);
}

/** Charges one loan with all that fell due until a day; each charge at most once for ever. */
export async function chargeLoan(
  bank: Bank,
  loan: LoanRow,
  until: LocalDate,
): Promise<{ readonly charges: number; readonly centavos: bigint }> {
  const made = await chargesMade(bank.pools.api, loan.number);
  let charges = 0;
  let centavos = 0n;
  for (const charge of chargesOf(loan, until)) {
    if (made.has(`${loan.number}/${charge.key}`)) continue;
    // oxlint-disable-next-line no-await-in-loop -- each charge stands on the debt after the last
    const answer = await bank.engine.run(chargeCommand(bank.id, loan, charge));
    if (!answer.ok || answer.value.chargedCentavos === 0) continue;
    charges += 1;
    centavos += BigInt(answer.value.chargedCentavos);
  }
  return { charges, centavos };
}

/** Centavos that `chargeLoan` would charge now. */
export async function pendingCharges(bank: Bank, loan: LoanRow, until: LocalDate): Promise<bigint> {
  const made = await chargesMade(bank.pools.api, loan.number);
  let debt = -loan.ledger;
  for (const charge of chargesOf(loan, until)) {
    if (!made.has(`${loan.number}/${charge.key}`) && debt > 0n) debt += charge.amountOn(debt);
  }
  return debt + loan.ledger;
}

function chargeCommand(
  bank: string,
  loan: LoanRow,
  charge: Charge,
): Command<Answer<{ readonly chargedCentavos: number }>> {
  const key = `${loan.number}/${charge.key}`;
  const asked = { scope: SCOPE, key, operation: charge.kind, request: {} };
  return {
    name: charge.kind,
    priority: "begin",
    idempotency: { scope: SCOPE, key },
    accounts: () => [loan.number, INTEREST_INCOME],
    decide(set) {
      return once(set, asked, () => {
        const account = set.account(loan.id);
        const income = set.accountId(INTEREST_INCOME);
        if (account === undefined || income === undefined) {
          throw new Error(`no account ${loan.number} or ${INTEREST_INCOME}`);
        }
        const debt = -account.ledger;
        const amount = debt > 0n ? charge.amountOn(debt) : 0n;
        if (amount <= 0n) return { ok: true, value: { chargedCentavos: 0 } };
        const { kind, description } = charge;
        const id = newId(set.now);
        const refusal = postToLoan(bank, set, account, {
          posting: { id, kind, description, transactionId: null, actor: SCOPE },
          legs: [
            { account: loan.id, direction: "debit", amount },
            { account: income, direction: "credit", amount },
          ],
        });
        if (refusal !== undefined) return { ok: false, refusal };
        return { ok: true, value: { chargedCentavos: Number(amount) } };
      });
    },
  };
}

/**
 * Charges every open loan with interest, penalties and late interest that fell due until today, or
 * until `on`. Safe to run at any time, by anybody, again: what was charged is not charged twice.
 */
export async function chargeLoans(
  bank: Bank,
  on: LocalDate = saoPauloDate(new Date()),
): Promise<ChargeLoansOutput> {
  let [loans, charges, centavos] = [0, 0, 0n];
  let before: string | undefined;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- page after page
    const page = await selectLoans(bank.pools.api, { before, openOnly: true, limit: PAGE });
    for (const loan of page) {
      // oxlint-disable-next-line no-await-in-loop -- the bank's other work goes first
      const charged = await chargeLoan(bank, loan, on);
      loans += 1;
      charges += charged.charges;
      centavos += charged.centavos;
    }
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) break;
    before = String(last.id);
  }
  return { loans, charges, chargedCentavos: Number(centavos) };
}

/** The daily run at a person's wish. What it charges stands in the journal; who asked, in the audit. */
export async function chargeLoansNow(ctx: StaffContext): Promise<ChargeLoansOutput> {
  const charged = await chargeLoans(ctx.bank);
  await writeAudit(ctx.bank.pools.api, {
    ...auditedStaff(ctx),
    action: "loans.charge",
    subject: "loans",
    transactionId: null,
    details: charged,
  });
  return charged;
}

/** The bank's own daily run: the first look of each day charges, whichever process looks. */
export function dailyLoanCharges(): (bank: Bank) => Promise<boolean> {
  let chargedOn: LocalDate | undefined;
  return async (bank) => {
    const today = saoPauloDate(new Date());
    if (chargedOn === today) return false;
    await chargeLoans(bank, today);
    chargedOn = today;
    return false;
  };
}
