import type {
  AccountReport,
  DayReport,
  EntryView,
  Locale,
  LoanReport,
  MatchReport,
  SettlementView,
  TrialBalance,
} from "@pacto/contract";
import { localMoment, type Cell, type Section, type Sheet } from "./sheet.ts";
import { kindIn, wordsIn } from "./words.ts";

function money(centavos: number): Cell {
  return { centavos };
}

function right(label: string) {
  return { label, isRight: true };
}

/** Entries as a table, in the order given. */
export function entriesOf(entries: readonly EntryView[], locale: Locale): Section {
  const words = wordsIn(locale);
  return {
    heading: words.entries,
    columns: [
      ...[{ label: words.date }, { label: words.kind }, { label: words.description }],
      ...[right(words.amount), right(words.balance)],
    ],
    rows: entries.map((entry) => [
      ...[localMoment(entry.at), kindIn(entry.kind, locale), entry.description],
      ...[money(entry.amountCentavos), money(entry.balanceAfterCentavos)],
    ]),
  };
}

function kindsOf(byKind: AccountReport["byKind"], locale: Locale): Section {
  const words = wordsIn(locale);
  return {
    heading: words.kind,
    columns: [
      ...[{ label: words.kind }, right(words.count)],
      ...[right(words.credits), right(words.debits)],
    ],
    rows: byKind.map((one) => [
      ...[kindIn(one.kind, locale), one.count],
      ...[money(one.creditsCentavos), money(one.debitsCentavos)],
    ]),
  };
}

export function statementSheet(
  report: AccountReport,
  entries: readonly EntryView[],
  locale: Locale,
): Sheet {
  const words = wordsIn(locale);
  return {
    title: `${words.titles.statement} ${report.agency} / ${report.number}`,
    facts: [
      [words.bank, report.bankName],
      [words.holders, report.holders.join(", ")],
      [words.period, `${report.from} – ${report.to}`],
      [words.opening, money(report.openingCentavos)],
      [words.credits, money(report.creditsCentavos)],
      [words.debits, money(report.debitsCentavos)],
      [words.closing, money(report.closingCentavos)],
    ],
    sections: [entriesOf(entries, locale), kindsOf(report.byKind, locale)],
  };
}

export function loanSheet(report: LoanReport, locale: Locale): Sheet {
  const words = wordsIn(locale);
  const { loan } = report;
  return {
    title: `${words.titles.loan} ${loan.number}`,
    facts: [
      [words.bank, loan.bank],
      [words.borrowers, loan.borrowers.join(", ")],
      [words.principal, money(loan.principalCentavos)],
      [words.debt, money(loan.debtCentavos)],
      [words.interest, money(report.interestCentavos)],
      [words.penalties, money(report.penaltiesCentavos)],
      [words.paid, money(report.paidCentavos)],
      [words.state, kindIn(loan.state, locale)],
    ],
    sections: [
      entriesOf(report.entries, locale),
      {
        heading: words.plan,
        columns: [
          ...[right(words.number), { label: words.due }, right(words.payment)],
          ...[right(words.interest), right(words.amortization), right(words.balance)],
          { label: words.state },
        ],
        rows: report.installments.map((one) => [
          ...[one.number, one.dueOn, money(one.paymentCentavos), money(one.interestCentavos)],
          ...[money(one.amortizationCentavos), money(one.balanceCentavos)],
          kindIn(one.state, locale),
        ]),
      },
    ],
  };
}

export function daySheet(report: DayReport, locale: Locale): Sheet {
  const words = wordsIn(locale);
  return {
    title: `${words.titles.day} ${report.on}`,
    facts: [
      [words.bank, report.bankName],
      [words.postings, report.postings],
      [words.accountsOpened, report.accountsOpened],
      [words.clientsRegistered, report.clientsRegistered],
      [words.customersOpening, money(report.customersOpeningCentavos)],
      [words.customersClosing, money(report.customersClosingCentavos)],
      [words.cash, money(report.cashCentavos)],
      [words.clearing, money(report.clearingCentavos)],
    ],
    sections: [kindsOf(report.byKind, locale)],
  };
}

export function trialSheet(report: TrialBalance, locale: Locale): Sheet {
  const words = wordsIn(locale);
  return {
    title: words.titles["trial-balance"],
    facts: [
      [words.bank, report.bankName],
      [words.at, localMoment(report.at)],
      [words.debit, money(report.debitCentavos)],
      [words.credit, money(report.creditCentavos)],
    ],
    sections: [
      {
        heading: words.accounts,
        columns: [
          ...[{ label: words.account }, right(words.accounts)],
          ...[right(words.debit), right(words.credit)],
        ],
        rows: report.lines.map((line) => [
          ...[kindIn(line.account, locale), line.accounts],
          ...[money(line.debitCentavos), money(line.creditCentavos)],
        ]),
      },
    ],
  };
}

export function settlementSheet(report: SettlementView, locale: Locale): Sheet {
  const words = wordsIn(locale);
  return {
    title: words.titles.settlement,
    facts: [
      [words.transaction, report.id],
      [words.coordinator, report.coordinator],
      [words.at, localMoment(report.at)],
      [words.state, kindIn(report.state, locale)],
      [words.settled, money(report.settledCentavos)],
    ],
    sections: [
      {
        heading: words.position,
        columns: [{ label: words.bank }, right(words.position)],
        rows: report.positions.map((one) => [one.bank, money(one.positionCentavos)]),
      },
    ],
  };
}

export function matchSheet(report: MatchReport, locale: Locale): Sheet {
  const words = wordsIn(locale);
  return {
    title: `${words.titles.match} ${report.on}`,
    facts: [
      [words.bank, report.bank],
      [words.unmatched, report.unmatched],
      [words.matched, report.matched],
      [words.open, report.open],
      [words.unknown, report.unknown],
    ],
    sections: [
      {
        heading: words.transaction,
        columns: [
          ...[{ label: words.transaction }, { label: words.bank }, { label: words.date }],
          ...[{ label: words.state }, right(words.here), right(words.there)],
        ],
        rows: report.lines.map((line) => [
          ...[line.transactionId, line.bank, localMoment(line.at), kindIn(line.result, locale)],
          money(line.here.postedCentavos),
          line.there === null ? "—" : money(line.there.postedCentavos),
        ]),
      },
    ],
  };
}
