"use client";
import type { NotificationView } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useMembers } from "../../banks/banks.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";

/** A notification in words. */
export function useNotificationSentence(): (of: NotificationView) => string {
  const t = useTranslations("notifications.kinds");
  const members = useMembers();
  const money = useMoney();
  const dates = useDates();
  return useCallback(
    ({ kind, account, details }) => {
      const text = (name: string) => String(details[name] ?? "");
      const { amountCentavos, dueOn } = details;
      return t(kind, {
        account: account ?? "",
        bank: members.find(({ id }) => id === details["bank"])?.name ?? text("bank"),
        key: text("key"),
        name: text("name"),
        payee: text("payee"),
        payer: text("payer"),
        amount: typeof amountCentavos === "number" ? money(amountCentavos) : "",
        day: typeof dueOn === "string" ? dates.day(dueOn) : "",
      });
    },
    [t, members, money, dates],
  );
}
