"use client";
import { parseLocalDate, saoPauloDate } from "@pacto/banking";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";

/** The day of the report, which lives in the address; today unless another is asked for. */
export function useReportDay(): readonly [day: string, choose: (day: string) => void] {
  const [asked, setAsked] = useQueryState("on", parseAsString);
  const day = parseLocalDate(asked ?? "") ?? saoPauloDate(new Date());
  return [day, (next) => void setAsked(next === "" ? null : next)];
}

export function DayChoice(props: {
  readonly value: string;
  readonly onChange: (day: string) => void;
}) {
  const t = useTranslations("reports");
  return (
    <input
      type="date"
      aria-label={t("day")}
      value={props.value}
      max={saoPauloDate(new Date())}
      onChange={(event) => props.onChange(event.target.value)}
      className="num input input--primary"
    />
  );
}
