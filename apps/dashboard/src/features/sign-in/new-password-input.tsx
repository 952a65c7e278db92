"use client";
import { PASSWORD_MIN } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { TextInput } from "../../components/text-input.tsx";

/** A password that its owner chooses; the bank says whether it is too well known. */
export function NewPasswordInput(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Where the reader begins to type. */
  readonly isFirst?: boolean;
}) {
  const t = useTranslations("signIn");
  return (
    <TextInput
      label={t("newPassword")}
      hint={t("newPasswordHint", { length: PASSWORD_MIN })}
      value={props.value}
      onChange={props.onChange}
      isRequired
      maxLength={128}
      input={{
        type: "password",
        autoComplete: "new-password",
        autoFocus: props.isFirst === true,
      }}
    />
  );
}
