import { readAmount } from "../arguments/amount.ts";
import { readAccountReference, readBank } from "../arguments/references.ts";
import { readKey, readWhole } from "../arguments/scalars.ts";
import { addMonths, saoPauloDate } from "@pacto/banking";
import { askBank } from "../consortium/ask-bank.ts";
import type { KeyOption } from "../counter/drawers.ts";
import { readWord } from "../counter/read.ts";
import { tellList, tellOne } from "../counter/tell.ts";
import { WrongUsage } from "../exit.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { percent, readRate } from "./rate.ts";

export interface PeriodOptions {
  readonly from?: string;
  readonly to?: string;
  readonly years?: string;
}

const YEARS_MAX = 100;
const DAY_COUNTS = ["anniversary", "actual/365", "actual/360", "30/360", "business/252"] as const;
const DAILY = ["actual/365", "actual/360", "business/252"] as const;

/** A rate without a period means nothing: two days, or whole years until today. */
function readPeriod({ from, to, years }: PeriodOptions, { language }: Session) {
  if (from !== undefined && to !== undefined && years === undefined) return { from, to };
  if (years === undefined || from !== undefined || to !== undefined) {
    throw new WrongUsage(language.texts.office.periodNeeded);
  }
  const today = saoPauloDate(new Date());
  return { from: addMonths(today, -12 * readWhole(years, [1, YEARS_MAX], language)), to: today };
}

/** What an amount would bear. @throws Refused */
export async function simulateInterest(
  session: Session,
  [bankText, amount]: readonly [string, string],
  options: PeriodOptions & { rate: string; dayCount?: string; simple?: boolean },
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const input = {
    amountCentavos: readAmount(amount, language),
    yearlyRatePpm: readRate(options.rate, language),
    ...readPeriod(options, session),
    dayCount: readWord(options.dayCount ?? "anniversary", DAY_COUNTS, language),
    compounding: options.simple === true ? ("simple" as const) : ("compound" as const),
  };
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.interest.simulate.query(input),
  );
  const told = tellOne(session, answer);
  return { ...told, lines: told.lines.slice(1) };
}

/** Credits interest on what is in an account, once for a time. @throws Refused */
export async function applyInterest(
  session: Session,
  reference: string,
  options: PeriodOptions & KeyOption & { rate: string; reason?: string },
): Promise<Told> {
  const { language } = session;
  const { bank, account: number } = readAccountReference(reference, language);
  const idempotencyKey = readKey(options.key, language);
  const input = {
    idempotencyKey,
    number,
    reason: options.reason ?? "",
    yearlyRatePpm: readRate(options.rate, language),
    ...readPeriod(options, session),
  };
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.interest.applyRate.mutate(input),
    { key: idempotencyKey },
  );
  return tellOne(session, answer, { ...answer, idempotencyKey });
}

interface RateView {
  readonly kind: string;
  readonly since: string;
  readonly yearlyRatePpm: number;
  readonly dayCount: string;
}

function tellRates(session: Session, rates: readonly RateView[], json: unknown): Told {
  const rows = rates.map(({ yearlyRatePpm, ...rate }) => ({
    ...rate,
    rate: percent(yearlyRatePpm, session.language),
  }));
  return tellList(session, rows, ["kind", "since", "rate", "dayCount"], json);
}

/** What savings earn and overdrafts cost. */
export async function listRates(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) => api.interest.rates.query());
  return tellRates(session, answer.rates, answer);
}

/** Sets a rate from a day on. @throws Refused */
export async function setRate(
  session: Session,
  [bankText, kind]: readonly [string, string],
  options: KeyOption & { rate: string; since: string; dayCount?: string },
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const idempotencyKey = readKey(options.key, language);
  const input = {
    idempotencyKey,
    since: options.since,
    kind: readWord(kind, ["savings", "overdraft"], language),
    yearlyRatePpm: readRate(options.rate, language),
    dayCount: readWord(options.dayCount ?? "actual/365", DAILY, language),
  };
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.interest.setRate.mutate(input),
    { key: idempotencyKey },
  );
  return tellRates(session, answer.rates, { ...answer, idempotencyKey });
}

/** Posts the interest of a month that is over, as a job. @throws Refused */
export async function runInterest(
  session: Session,
  [bankText, month]: readonly [string, string],
  options: KeyOption,
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.interest.run.mutate({ idempotencyKey, month }),
    { key: idempotencyKey },
  );
  return tellOne(session, answer.job, { ...answer, idempotencyKey });
}
