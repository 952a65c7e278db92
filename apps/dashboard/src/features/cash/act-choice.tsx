"use client";
import { useTranslations } from "next-intl";
import type { CashDraft } from "./cash-draft.ts";

const acts = ["deposit", "withdraw"] as const;

/** In or out: two radio buttons that look like one switch. */
export function ActChoice(props: {
  readonly value: CashDraft["act"];
  readonly onChange: (act: CashDraft["act"]) => void;
  readonly isDisabled: boolean;
}) {
  const t = useTranslations("cash");
  return (
    <fieldset
      className="flex gap-0.5 self-start rounded-md bg-default p-0.5"
      disabled={props.isDisabled}
    >
      <legend className="sr-only">{t("act")}</legend>
      {acts.map((act) => (
        <label
          key={act}
          className="cursor-pointer rounded px-4 py-1.5 text-muted has-checked:bg-surface
            has-checked:font-medium has-checked:text-foreground has-checked:shadow-xs
            has-focus-visible:outline-2 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name="act"
            className="sr-only"
            checked={props.value === act}
            onChange={() => props.onChange(act)}
          />
          {t(act)}
        </label>
      ))}
    </fieldset>
  );
}
