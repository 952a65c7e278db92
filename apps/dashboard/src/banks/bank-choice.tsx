"use client";
import { useTranslations } from "next-intl";
import { Choice, type ChoiceOption } from "../components/choice.tsx";
import { BankName } from "./bank-mark.tsx";
import { type Bank, useBanks } from "./banks.tsx";
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
  return (
    <Choice
      {...props}
      placeholder={t("choose")}
      options={banks.map((bank) =>
        bankOption(bank, takesWork(bank.health) ? null : t(bank.health.state)),
      )}
    />
  );
}

/** A list's filter: one bank, or all of them (`""`). */
export function BankFilter(props: {
  readonly value: string;
  readonly onChange: (bank: string) => void;
}) {
  const t = useTranslations("bankState");
  const banks = useBanks();
  return (
    <Choice
      label={t("filter")}
      isLabelHidden
      className="w-44"
      value={props.value === "" ? "all" : props.value}
      onChange={(id) => props.onChange(id === "all" ? "" : id)}
      options={[{ id: "all", text: t("all") }, ...banks.map((bank) => bankOption(bank, null))]}
    />
  );
}

function bankOption(bank: Bank, unavailable: string | null): ChoiceOption {
  return {
    id: bank.id,
    text: bank.name,
    content: <BankName bank={bank} />,
    ...(unavailable === null ? {} : { unavailable }),
  };
}
