"use client";
import { addMonths, parseLocalDate, saoPauloDate } from "@pacto/banking";
import { useTranslations } from "next-intl";
import { TextInput } from "../../components/text-input.tsx";
import { readPpm } from "../../i18n/rate.ts";

/** A yearly rate and the days that bear it, as typed. */
export interface InterestTerms {
  readonly rate: string;
  readonly from: string;
  readonly to: string;
}

export function lastYear(): InterestTerms {
  const today = saoPauloDate(new Date());
  return { rate: "", from: addMonths(today, -12), to: today };
}

/** The terms as they are sent, or null while something is missing. */
export function readInterestTerms({ rate, from, to }: InterestTerms) {
  const yearlyRatePpm = readPpm(rate);
  const [first, last] = [parseLocalDate(from), parseLocalDate(to)];
  if (yearlyRatePpm === null || yearlyRatePpm === 0 || first === null || last === null) return null;
  return first < last ? { yearlyRatePpm, from: first as string, to: last as string } : null;
}

/** A rate a year, the first day, and the day that no longer counts. */
export function InterestTermFields(props: {
  readonly value: InterestTerms;
  readonly onChange: (next: Partial<InterestTerms>) => void;
  readonly tried: boolean;
}) {
  const { value, onChange, tried } = props;
  const t = useTranslations("interest");
  const isRateWrong = tried && (readPpm(value.rate) ?? 0) === 0;
  const isTimeWrong = tried && !(value.from < value.to);
  return (
    <>
      <TextInput
        label={t("rate")}
        value={value.rate}
        onChange={(rate) => onChange({ rate })}
        problem={isRateWrong ? t("rateWrong") : null}
        isRequired
        maxLength={10}
        input={{ inputMode: "decimal", className: "num text-right" }}
      />
      <TextInput
        label={t("from")}
        value={value.from}
        onChange={(from) => onChange({ from })}
        isRequired
        input={{ type: "date", className: "num" }}
      />
      <TextInput
        label={t("to")}
        value={value.to}
        onChange={(to) => onChange({ to })}
        problem={isTimeWrong ? t("toWrong") : null}
        isRequired
        input={{ type: "date", className: "num" }}
      />
    </>
  );
}
