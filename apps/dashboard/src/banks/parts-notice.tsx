"use client";
import { useTranslations } from "next-intl";
import { Notice } from "../components/notice.tsx";
import { useAge, useNow } from "../i18n/age.ts";
import { useRefusalSentence } from "../i18n/refusal.ts";
import type { BankPart } from "./bank-pages.ts";
import { useBanks } from "./banks.tsx";

/** Says which banks a list is missing, or shows only as they were. */
export function PartsNotice({ parts }: { readonly parts: readonly BankPart[] }) {
  const t = useTranslations("parts");
  const banks = useBanks();
  const sentence = useRefusalSentence();
  const age = useAge();
  const now = useNow();
  const lines = parts.flatMap(({ bank, isAway, readAt, refusal }) => {
    const known = banks.find(({ id }) => id === bank);
    // Nothing has been heard of any bank in the first second: that is no news yet.
    if (known === undefined || known.health.state === "unknown") return [];
    if (isAway && readAt === null) return [t("missing", { bank: known.name })];
    if (isAway && readAt !== null) return [t("old", { bank: known.name, age: age(now - readAt) })];
    return refusal === null ? [] : [`${known.name}: ${sentence(refusal)}`];
  });
  if (lines.length === 0) return null;
  return (
    <Notice tone="caution">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Notice>
  );
}
