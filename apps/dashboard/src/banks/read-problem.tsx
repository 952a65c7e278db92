"use client";
import { useTranslations } from "next-intl";
import { Notice } from "../components/notice.tsx";
import { useAge, useNow } from "../i18n/age.ts";
import { useRefusalSentence } from "../i18n/refusal.ts";
import { useBanks } from "./banks.tsx";
import { takesWork } from "./health.ts";
import { refusalOf } from "./refusal.ts";

/**
 * Why something of a bank cannot be read, or how old it is. `readAt`: when what is shown was read,
 * in epoch milliseconds; null while nothing is.
 */
export function ReadProblem(props: {
  readonly bank: string;
  readonly error: unknown;
  readonly readAt: number | null;
}) {
  const t = useTranslations("parts");
  const sentence = useRefusalSentence();
  const age = useAge();
  const now = useNow();
  const bank = useBanks().find(({ id }) => id === props.bank);
  if (bank === undefined) {
    return (
      <Notice tone="negative">
        {sentence({ code: "unknown-bank", details: { bank: props.bank } })}
      </Notice>
    );
  }
  const refusal = refusalOf(props.error);
  if (bank.health.state !== "unknown" && !takesWork(bank.health)) {
    return (
      // Not announced: its age ticks, and the bank's going was announced when it happened.
      <Notice tone="caution">
        {props.readAt === null
          ? t("cannotRead", { bank: bank.name })
          : t("oldData", { bank: bank.name, age: age(now - props.readAt) })}
      </Notice>
    );
  }
  if (refusal !== null) return <Notice tone="negative">{sentence(refusal)}</Notice>;
  if (props.error !== null && props.error !== undefined)
    return <Notice tone="negative">{t("failed")}</Notice>;
  return null;
}
