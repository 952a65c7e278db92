import { parseLocalDate } from "@pacto/banking";
import type { AskedTerms, ChargeTermsWire } from "@pacto/contract";
import { readAmount } from "../arguments/amount.ts";
import { readWhole } from "../arguments/scalars.ts";
import { WrongUsage } from "../exit.ts";
import type { Language } from "../language/language.ts";

export interface TermOptions {
  readonly due?: string;
  readonly days?: string;
  readonly expires?: string;
  readonly fine?: string;
  readonly interest?: string;
  readonly rebate?: string;
  readonly discount?: readonly string[];
  readonly openAmount?: boolean;
  readonly debtorTaxId?: string;
  readonly debtorName?: string;
  readonly request?: string;
}

const SECONDS_MAX = 999_999_999;
const DAYS_MAX = 3_650;

type DueTerms = Extract<AskedTerms, { readonly kind: "due" }>;

/**
 * The terms of a charge as the command line has them: with `--due` a charge with due date (cobv),
 * otherwise an immediate one (cob). What is not said stays as `before`, or takes the default.
 * @throws WrongUsage
 */
export function readTerms(
  options: TermOptions,
  { amount, before }: { readonly amount?: string; readonly before?: ChargeTermsWire },
  language: Language,
): AskedTerms {
  const says = language.texts.pix.charges;
  const isDue = before === undefined ? options.due !== undefined : before.kind === "due";
  const dueOnly = [options.due, options.days, options.fine, options.interest, options.rebate];
  const hasDueOnly = [...dueOnly, options.discount].some((value) => value !== undefined);
  if (isDue ? options.expires !== undefined : hasDueOnly) throw new WrongUsage(says.wrongKind);
  const amountCentavos =
    amount === undefined ? before?.amountCentavos : readAmount(amount, language);
  if (amountCentavos === undefined) throw new WrongUsage(language.texts.pix.noAmount);
  const shared = {
    amountCentavos,
    isAmountOpen: options.openAmount ?? before?.isAmountOpen ?? false,
    debtor: readDebtor(options, before, language),
    request: options.request ?? before?.request ?? "",
    additional: before?.additional ?? [],
  };
  if (isDue) {
    return { ...shared, ...readDue(options, before?.kind === "due" ? before : null, language) };
  }
  const expiresInS =
    options.expires === undefined
      ? before?.kind === "immediate"
        ? before.expiresInS
        : undefined
      : readWhole(options.expires, [1, SECONDS_MAX], language);
  return {
    kind: "immediate",
    ...shared,
    ...(expiresInS === undefined ? {} : { expiresInS }),
  } as AskedTerms;
}

type DuePart = Omit<
  DueTerms,
  "amountCentavos" | "isAmountOpen" | "debtor" | "request" | "additional"
>;

function readDue(
  options: TermOptions,
  before: ChargeTermsWire | null,
  language: Language,
): DuePart {
  const had = before?.kind === "due" ? before : null;
  const { due = had?.dueOn, days, fine, interest, rebate, discount } = options;
  if (due === undefined || parseLocalDate(due) === null) {
    throw new WrongUsage(language.texts.counter.badValue(due ?? ""));
  }
  return {
    kind: "due",
    dueOn: due,
    validAfterDueDays:
      days === undefined
        ? (had?.validAfterDueDays ?? 30)
        : readWhole(days, [0, DAYS_MAX], language),
    fine: fine === undefined ? (had?.fine ?? null) : readPart(fine, language),
    interest: interest === undefined ? (had?.interest ?? null) : readInterest(interest, language),
    rebate: rebate === undefined ? (had?.rebate ?? null) : readPart(rebate, language),
    discount: discount === undefined ? (had?.discount ?? null) : readDiscount(discount, language),
  };
}

function readDebtor(
  { debtorTaxId, debtorName }: TermOptions,
  before: ChargeTermsWire | undefined,
  language: Language,
): AskedTerms["debtor"] {
  if (debtorTaxId === undefined && debtorName === undefined) return before?.debtor ?? null;
  if (debtorTaxId === undefined || debtorName === undefined) {
    throw new WrongUsage(language.texts.pix.charges.wholeDebtor);
  }
  return { taxId: debtorTaxId.replace(/[^0-9A-Za-z]/gu, "").toUpperCase(), name: debtorName };
}

/** `2%` in hundredths of a percent, or `5.00` in centavos. */
function readValue(text: string, language: Language): { isPercent: boolean; value: number } {
  const isPercent = text.endsWith("%");
  const digits = isPercent ? text.slice(0, -1) : text;
  // Two decimals either way: a percentage reads as an amount does.
  return { isPercent, value: readAmount(digits, language) };
}

function readPart(text: string, language: Language): NonNullable<DueTerms["fine"]> {
  const { isPercent, value } = readValue(text, language);
  return { modality: isPercent ? 2 : 1, value };
}

/** Of interest by calendar days; by business days each is four more. */
const INTEREST = { day: 2, month: 3, year: 4 } as const;
const BUSINESS = 4;

/** `1%/month`, `0.50/day`, and `/business` behind it where only business days count. */
function readInterest(text: string, language: Language): NonNullable<DueTerms["interest"]> {
  const [part = "", per = "", business] = text.split("/");
  const { isPercent, value } = readValue(part, language);
  const calendar = isPercent
    ? INTEREST[per as keyof typeof INTEREST]
    : per === "day"
      ? 1
      : undefined;
  if (calendar === undefined || (business ?? "business") !== "business") {
    throw new WrongUsage(language.texts.counter.badValue(text));
  }
  const modality = (calendar + (business === undefined ? 0 : BUSINESS)) as 1 | 5;
  return { modality, value };
}

/** `5%@2027-01-10` up to three times, or once `0.50/day` or `0.1%/day[/business]` early. */
function readDiscount(
  texts: readonly string[],
  language: Language,
): NonNullable<DueTerms["discount"]> {
  const [first = ""] = texts;
  const bad = () => new WrongUsage(language.texts.counter.badValue(texts.join(" ")));
  if (!first.includes("@")) {
    const [part = "", per, business] = first.split("/");
    const isWrong = per !== "day" || (business ?? "business") !== "business" || texts.length > 1;
    if (isWrong) throw bad();
    const { isPercent, value } = readValue(part, language);
    const modality = ((isPercent ? 5 : 3) + (business === undefined ? 0 : 1)) as 3 | 4 | 5 | 6;
    return { modality, value };
  }
  const dated = texts.map((text) => {
    const [part = "", date = ""] = text.split("@");
    if (parseLocalDate(date) === null) throw bad();
    return { date, ...readValue(part, language) };
  });
  const [one] = dated;
  const isMixed = dated.some(({ isPercent }) => isPercent !== one?.isPercent);
  if (isMixed) throw bad();
  return {
    modality: one?.isPercent === true ? 2 : 1,
    until: dated.map(({ date, value }) => ({ date, value })),
  };
}
