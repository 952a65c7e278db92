"use client";
import type { AccountView } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { Choice } from "../../components/choice.tsx";

/** One of an account's holders. */
export function HolderChoice(props: {
  readonly label: string;
  readonly holders: AccountView["holders"];
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly tried: boolean;
}) {
  const t = useTranslations("signatures");
  return (
    <Choice
      label={props.label}
      value={props.value === "" ? null : props.value}
      onChange={props.onChange}
      options={props.holders.map(({ clientId, name, taxIdMasked }) => ({
        id: clientId,
        text: `${name} · ${taxIdMasked}`,
      }))}
      placeholder={t("chooseHolder")}
      problem={props.tried && props.value === "" ? t("holderMissing") : null}
      isRequired
    />
  );
}
