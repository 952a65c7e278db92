import {
  addDays,
  chargeAmountOn,
  chargeFault,
  lastDayOf,
  parseLocalDate,
  saoPauloInstant,
  type ChargeFault,
  type ChargeTerms,
  type LocalDate,
} from "@pacto/banking";
import type { ChargeDue, ChargeTermsWire } from "@pacto/contract";

/** What a charge costs on a day of São Paulo. */
export function dueOf(terms: ChargeTermsWire, on: LocalDate): ChargeDue {
  if (terms.kind === "immediate") {
    const { amountCentavos } = terms;
    const none = { rebateCentavos: 0, discountCentavos: 0, interestCentavos: 0, fineCentavos: 0 };
    return { on, originalCentavos: amountCentavos, ...none, finalCentavos: amountCentavos };
  }
  const amount = chargeAmountOn(datedTerms(terms), on);
  return {
    on,
    originalCentavos: Number(amount.original),
    rebateCentavos: Number(amount.rebate),
    discountCentavos: Number(amount.discount),
    interestCentavos: Number(amount.interest),
    fineCentavos: Number(amount.fine),
    finalCentavos: Number(amount.final),
  };
}

/** The instant from which a charge cannot be paid: its seconds, or the end of its last day. */
export function expiryOf(terms: ChargeTermsWire, createdAt: Date): Date {
  if (terms.kind === "immediate") {
    return new Date(createdAt.getTime() + terms.expiresInS * 1_000);
  }
  return saoPauloInstant(addDays(lastDayOf(datedTerms(terms)), 1));
}

/** What the API refuses of the terms, or null. */
export function faultOf(terms: ChargeTermsWire): ChargeFault | null {
  return terms.kind === "immediate" ? null : chargeFault(datedTerms(terms));
}

function datedTerms(terms: Extract<ChargeTermsWire, { kind: "due" }>): ChargeTerms {
  const { fine, interest, rebate, discount } = terms;
  return {
    original: BigInt(terms.amountCentavos),
    dueOn: dateOf(terms.dueOn),
    validAfterDueDays: terms.validAfterDueDays,
    ...(fine === null ? {} : { fine: inHundredths(fine) }),
    ...(interest === null ? {} : { interest: inHundredths(interest) }),
    ...(rebate === null ? {} : { rebate: inHundredths(rebate) }),
    ...(discount === null ? {} : { discount: discountOf(discount) }),
  };
}

function discountOf(
  discount: NonNullable<Extract<ChargeTermsWire, { kind: "due" }>["discount"]>,
): NonNullable<ChargeTerms["discount"]> {
  if (!("until" in discount)) return inHundredths(discount);
  const until = discount.until.map(({ date, value }) => ({
    date: dateOf(date),
    value: BigInt(value),
  }));
  return { modality: discount.modality, until };
}

function inHundredths<Part extends { readonly modality: number; readonly value: number }>({
  modality,
  value,
}: Part): { readonly modality: Part["modality"]; readonly value: bigint } {
  return { modality, value: BigInt(value) };
}

function dateOf(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === null) throw new RangeError(`${text} is no day`);
  return date;
}
