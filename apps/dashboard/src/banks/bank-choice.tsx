"use client";
import { useTranslations } from "next-intl";
import { Choice } from "../components/choice.tsx";
import { BankMark } from "./bank-mark.tsx";
import { useBanks } from "./banks.tsx";
import { takesWork } from "./health.ts";

/** Which bank; one that takes no work now stays visible, with why it cannot be chosen. */
export function BankChoice(props: {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (bank: string) => void;
  readonly isDisabled?: boolean;
  readonly isRequired?: boolean;
  readonly problem?: string | null;
}) {
  const t = useTranslations("bankState");
  const banks = useBanks();
  const chosen = banks.find(({ id }) => id === props.value);
  return (
    <Choice
      {...props}
      {...(chosen === undefined ? {} : { mark: <BankMark bank={chosen} /> })}
      placeholder={t("choose")}
      options={banks.map(({ id, name, health }) => ({
        id,
        text: name,
        ...(takesWork(health) ? {} : { unavailable: t(health.state) }),
      }))}
    />
  );
}
