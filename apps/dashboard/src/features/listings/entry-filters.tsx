"use client";
import { useTranslations } from "next-intl";
import { Choice } from "../../components/choice.tsx";
import { MoneyField } from "../../components/money-field.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { usePostingKind } from "../accounts/posting-kind.ts";
import type { TypedFilter } from "./entry-filter.ts";

/** Kinds of posting that customers' accounts have. */
const kinds = [
  "deposit",
  "withdrawal",
  "transfer",
  "opening",
  "closing-payout",
  "reversal",
  "loan-disbursement",
  "loan-interest",
  "loan-late-interest",
  "loan-penalty",
  "loan-payment",
  "check-payment",
  "savings-interest",
  "overdraft-interest",
  "interest",
] as const;

/** Days, kind, amounts and words to narrow entries by. */
export function EntryFilters(props: {
  readonly typed: TypedFilter;
  readonly onChange: (next: Partial<TypedFilter>) => void;
  /** One account may be asked for: left out where the page is about one. */
  readonly withNumber: boolean;
}) {
  const { typed, onChange } = props;
  const t = useTranslations("entries");
  const kind = usePostingKind();
  return (
    <div
      data-screen-only
      role="group"
      aria-label={t("filters")}
      className={`grid grid-cols-2 gap-3 ${props.withNumber ? "lg:grid-cols-4" : "lg:grid-cols-6"}`}
    >
      <TextInput
        label={t("from")}
        value={typed.from}
        onChange={(from) => onChange({ from })}
        input={{ type: "date", className: "num" }}
      />
      <TextInput
        label={t("to")}
        value={typed.to}
        onChange={(to) => onChange({ to })}
        input={{ type: "date", className: "num" }}
      />
      <Choice
        label={t("kind")}
        value={typed.kind === "" ? "all" : typed.kind}
        onChange={(id) => onChange({ kind: id === "all" ? "" : id })}
        options={[
          { id: "all", text: t("allKinds") },
          ...kinds.map((id) => ({ id, text: kind(id) })),
        ]}
      />
      <TextInput
        label={t("text")}
        value={typed.text}
        onChange={(text) => onChange({ text })}
        maxLength={120}
      />
      <MoneyField
        label={t("least")}
        text={typed.least}
        onText={(least) => onChange({ least })}
        isOptional
      />
      <MoneyField
        label={t("most")}
        text={typed.most}
        onText={(most) => onChange({ most })}
        isOptional
      />
      {props.withNumber && (
        <TextInput
          label={t("number")}
          value={typed.number}
          onChange={(number) => onChange({ number: number.trim() })}
          maxLength={16}
          input={{ className: "num" }}
        />
      )}
    </div>
  );
}
