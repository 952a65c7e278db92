"use client";
import { useTranslations } from "next-intl";
import { TextInput } from "./text-input.tsx";

const REASON_MIN = 3;

export function isReason(text: string): boolean {
  return text.trim().length >= REASON_MIN;
}

/** Why something is done; it is kept with what was done. */
export function ReasonField(props: {
  readonly value: string;
  readonly onChange: (reason: string) => void;
  readonly tried: boolean;
  readonly maxLength: number;
}) {
  const t = useTranslations("reason");
  return (
    <TextInput
      label={t("label")}
      value={props.value}
      onChange={props.onChange}
      problem={props.tried && !isReason(props.value) ? t("missing") : null}
      isRequired
      maxLength={props.maxLength}
    />
  );
}
