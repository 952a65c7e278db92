"use client";
import { useTranslations } from "next-intl";
import { Choice } from "../../components/choice.tsx";
import { MoneyField } from "../../components/money-field.tsx";
import { TextInput } from "../../components/text-input.tsx";
import type { Field } from "./fields.ts";

const TEXT_MAX = 140;

/** One field of an agreement's form. */
export function FieldInput(props: {
  readonly field: Field;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly isMissing: boolean;
  readonly isDisabled: boolean;
}) {
  const { field, text, onText, isMissing, isDisabled } = props;
  const t = useTranslations("agreements");
  const isRequired = field.isOptional !== true;
  const problem = isMissing ? t("missing") : null;
  if (field.kind === "choice") {
    return (
      <Choice
        label={field.label}
        value={text === "" ? null : text}
        onChange={onText}
        options={field.options ?? []}
        isDisabled={isDisabled}
        isRequired={isRequired}
        problem={problem}
      />
    );
  }
  if (field.kind === "money") {
    return (
      <MoneyField
        label={field.label}
        text={text}
        onText={onText}
        showProblems={isMissing}
        isOptional={!isRequired}
        isDisabled={isDisabled}
        isRequired={isRequired}
        {...(field.hint === undefined ? {} : { hint: field.hint })}
      />
    );
  }
  return (
    <TextInput
      label={field.label}
      value={text}
      onChange={onText}
      maxLength={field.maxLength ?? TEXT_MAX}
      isDisabled={isDisabled}
      isRequired={isRequired}
      problem={problem}
      {...(field.hint === undefined ? {} : { hint: field.hint })}
      {...(field.kind === "date" ? { input: { type: "date" } } : {})}
    />
  );
}
