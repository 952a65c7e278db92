import type { CreateLoanInput, InstallmentView } from "@pacto/contract";
import { readAmount } from "../arguments/amount.ts";
import { type PageOptions, readPage } from "../arguments/page.ts";
import { type AccountReference, readAccountReference, readBank } from "../arguments/references.ts";
import { readKey, readWhole } from "../arguments/scalars.ts";
import { readSides } from "../arguments/sides.ts";
import { askBank } from "../consortium/ask-bank.ts";
import type { KeyOption } from "../counter/drawers.ts";
import { readWord } from "../counter/read.ts";
import { tellList, tellOne } from "../counter/tell.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { transferLines } from "../transfers/transfer-lines.ts";
import { type FileOptions, saveReport } from "./files.ts";
import { readRate } from "./rate.ts";

export interface LoanTermsOptions {
  readonly rate: string;
  readonly per?: string;
  readonly times: string;
  readonly first: string;
  readonly system?: string;
}

const INSTALLMENTS_MAX = 480;
const WAIT_MS = 5_000;
const TIMEOUT_MS = 20_000;

function readTerms(
  amount: string,
  { rate, per = "month", times, first, system = "price" }: LoanTermsOptions,
  { language }: Session,
): Omit<CreateLoanInput, "idempotencyKey" | "disburseTo" | "lateMonthlyRatePpm" | "penaltyPpm"> {
  return {
    system: readWord(system, ["price", "sac"], language),
    principalCentavos: readAmount(amount, language),
    ratePpm: readRate(rate, language),
    ratePer: readWord(per, ["month", "year"], language),
    installments: readWhole(times, [1, INSTALLMENTS_MAX], language),
    firstDueOn: first,
  };
}

function tellPlan(session: Session, installments: readonly InstallmentView[]): readonly string[] {
  const columns = [
    ...(["number", "dueOn", "paymentCentavos", "interestCentavos"] as const),
    ...(["amortizationCentavos", "balanceCentavos", "state"] as const),
  ];
  const rows = installments.map((one) => ({ ...one, number: String(one.number) }));
  return tellList(session, rows, columns, null).lines;
}

/** What a loan would cost. @throws Refused */
export async function quoteLoan(
  session: Session,
  [bankText, amount]: readonly [string, string],
  options: LoanTermsOptions,
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const terms = readTerms(amount, options, session);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.loans.simulate.query(terms),
  );
  const { totalInterestCentavos: interestCentavos, totalPaidCentavos: totalCentavos } = answer;
  const { lines } = tellOne(session, { interestCentavos, totalCentavos });
  return { json: answer, lines: [...lines.slice(1), ...tellPlan(session, answer.installments)] };
}

/** Lends money and pays it out to an account of the bank. @throws Refused */
export async function createLoan(
  session: Session,
  [reference, amount]: readonly [string, string],
  options: LoanTermsOptions & KeyOption,
): Promise<Told> {
  const { bank, account: disburseTo } = readAccountReference(reference, session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const input = { ...readTerms(amount, options, session), idempotencyKey, disburseTo };
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.loans.create.mutate(input),
    { key: idempotencyKey },
  );
  return tellOne(session, answer.loan, { ...answer, idempotencyKey });
}

/** Loans of a bank, newest first. */
export async function listLoans(
  session: Session,
  bankText: string,
  options: PageOptions & { readonly late?: boolean },
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const page = { ...readPage(options, session.language), lateOnly: options.late === true };
  const answer = await askBank(session.consortium(), bank, (api) => api.loans.list.query(page));
  const loans = answer.loans.map((loan) => ({ ...loan, holder: loan.borrowers.join(", ") }));
  const columns = [
    ...(["number", "holder", "principalCentavos", "debtCentavos"] as const),
    ...(["overdueCentavos", "nextDueOn", "state"] as const),
  ];
  const told = tellList(session, loans, columns, answer);
  const { nextCursor } = answer;
  if (nextCursor === null) return told;
  return { ...told, lines: [...told.lines, session.language.texts.says.more(nextCursor)] };
}

/** One loan with its installments. @throws Refused `not-a-loan` */
export async function showLoan(session: Session, reference: string): Promise<Told> {
  const { bank, account: number } = readAccountReference(reference, session.language);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.loans.get.query({ number }),
  );
  const { lines } = tellOne(session, answer.loan);
  return { json: answer, lines: [...lines.slice(1), ...tellPlan(session, answer.installments)] };
}

/** Pays a loan with a check. @throws Refused */
export async function payByCheck(
  session: Session,
  [reference, amount]: readonly [string, string],
  options: KeyOption & { readonly drawer: string; readonly check: string },
): Promise<Told> {
  const { bank, account: number } = readAccountReference(reference, session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const input = {
    idempotencyKey,
    number,
    drawer: options.drawer,
    checkNumber: options.check,
    amountCentavos: readAmount(amount, session.language),
  };
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.loans.payByCheck.mutate(input),
    { key: idempotencyKey },
  );
  return tellOne(session, answer, { ...answer, idempotencyKey });
}

/** Pays a loan from accounts of any banks, all or nothing. @throws Refused */
export async function payByTransfer(
  session: Session,
  reference: string,
  options: KeyOption & { readonly from: readonly string[] },
): Promise<Told> {
  const loan = readAccountReference(reference, session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const { from } = readSides(options.from, [], session.language);
  const input = { idempotencyKey, number: loan.account, from: [...from], waitMs: WAIT_MS };
  const { transfer } = await askBank(
    session.consortium(),
    loan.bank,
    (api) => api.loans.payByTransfer.mutate(input),
    { key: idempotencyKey, timeoutMs: TIMEOUT_MS },
  );
  const { says } = session.language.texts;
  const json = { transfer, idempotencyKey };
  const lines = transferLines(transfer, session);
  if (transfer.state === "committed")
    return { json, lines: [session.language.texts.counter.done, ...lines] };
  if (transfer.state === "aborted") {
    return {
      json,
      lines: [says.notDone, ...lines],
      exit: 1,
      refusal: transfer.refusal ?? undefined,
    };
  }
  const id = `${transfer.coordinator}/${transfer.id}`;
  return { json, lines, exit: 3, notes: [says.inProgress(id)] };
}

/** What would end a loan today; with an account, pays it. @throws Refused */
export async function payOff(
  session: Session,
  reference: string,
  options: KeyOption & { readonly from?: string },
): Promise<Told> {
  const { bank, account: number } = readAccountReference(reference, session.language);
  if (options.from === undefined) {
    const quote = await askBank(session.consortium(), bank, (api) =>
      api.loans.payoffQuote.query({ number }),
    );
    const told = tellOne(session, quote);
    return { ...told, lines: told.lines.slice(1) };
  }
  const from: AccountReference = readAccountReference(options.from, session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.loans.payOff.mutate({ idempotencyKey, number, from: from.account }),
    { key: idempotencyKey },
  );
  return tellOne(session, answer, { ...answer, idempotencyKey });
}

/** A loan's statement: on the screen, or as a file. @throws Refused */
export async function loanStatement(
  session: Session,
  reference: string,
  options: FileOptions,
): Promise<Told> {
  const { bank, account: number } = readAccountReference(reference, session.language);
  if (options.format !== undefined || options.out !== undefined) {
    return saveReport(session, bank, { kind: "loan", number }, options);
  }
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.reports.loan.query({ number }),
  );
  const { interestCentavos, paidCentavos } = answer;
  const { debtCentavos, principalCentavos } = answer.loan;
  const facts = { principalCentavos, interestCentavos, paidCentavos, debtCentavos };
  const { words } = session.language.texts;
  const rows = answer.entries.map((entry) => ({ ...entry, kind: words[entry.kind] }));
  const columns = [
    ...(["at", "kind", "amountCentavos", "balanceAfterCentavos", "description"] as const),
  ];
  const list = tellList(session, rows, columns, answer);
  return { ...list, lines: [...tellOne(session, facts).lines.slice(1), ...list.lines] };
}

/** Charges what fell due on all loans of a bank; nothing twice. @throws Refused */
export async function chargeLoans(
  session: Session,
  bankText: string,
  options: KeyOption,
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.loans.charge.mutate({ idempotencyKey }),
    { key: idempotencyKey, timeoutMs: TIMEOUT_MS },
  );
  const facts = { count: answer.charges, amountCentavos: answer.chargedCentavos };
  return tellOne(session, facts, { ...answer, idempotencyKey });
}
