"use client";
import { useTranslations } from "next-intl";
import { BankChoice } from "../../banks/bank-choice.tsx";

/** Which bank leads the transfer; the first source bank that is online unless chosen. */
export function CoordinatorChoice(props: {
  readonly value: string | null;
  readonly onChange: (bank: string) => void;
  readonly isDisabled: boolean;
}) {
  const t = useTranslations("builder");
  return <BankChoice label={t("coordinator")} {...props} />;
}
