"use client";
import { useFormatter, useTranslations } from "next-intl";
import { useBanks } from "../../banks/banks.tsx";
import { takesWork } from "../../banks/health.ts";
import { Notice, type NoticeTone } from "../../components/notice.tsx";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import type { Told } from "./tell-progress.ts";

/** Where the transfer stands and who is waited for, in a teller's words. */
export function Standing(props: { readonly told: Told; readonly coordinator: string }) {
  const { told } = props;
  const t = useTranslations("standing");
  const format = useFormatter();
  const sentence = useRefusalSentence();
  const banks = useBanks();
  const waited = told.waitingFor.flatMap((id) => banks.find((bank) => bank.id === id) ?? []);
  const names = format.list(waited.map(({ name }) => name));
  const away = waited.filter(({ health }) => health.state === "offline");
  const { tone, key } = standingOf(told);
  return (
    <Notice tone={tone} announce="soon" title={t(`${key}.title`)}>
      {told.refusal !== null && told.state === "aborted" && <p>{sentence(told.refusal)}</p>}
      <p>{t(`${key}.text`, { banks: names })}</p>
      {waited.length > 0 && <p className="font-medium">{t("waitingFor", { banks: names })}</p>}
      {away.map((bank) => (
        <p key={bank.id}>{t("away", { bank: bank.name })}</p>
      ))}
      {waited.length > 0 &&
        away.length === 0 &&
        waited.every(({ health }) => takesWork(health)) && (
          <p className="text-muted">{t("soon")}</p>
        )}
      <p className="mt-1.5 font-mono text-xs text-muted">
        {t(`${key}.exactly`, {
          banks: waited.map(({ id }) => id).join(", "),
          coordinator: props.coordinator,
        })}
      </p>
    </Notice>
  );
}

type StandingKey = "moving" | "committed" | "settling" | "aborted" | "releasing" | "unknown";

function standingOf(told: Told): { tone: NoticeTone; key: StandingKey } {
  const isOver = told.isSettled || told.waitingFor.length === 0;
  switch (told.state) {
    case "committed":
      return isOver ? { tone: "positive", key: "committed" } : { tone: "caution", key: "settling" };
    case "aborted":
      return isOver ? { tone: "negative", key: "aborted" } : { tone: "caution", key: "releasing" };
    case "preparing":
    case "proposed":
      return { tone: "neutral", key: "moving" };
    case "unknown":
      return { tone: "caution", key: "unknown" };
  }
}
