"use client";
import type { LoanPaymentOutput } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { Notice } from "../../components/notice.tsx";
import { useMoney } from "../../i18n/money.ts";

/** What was paid and what is still owed: told only once the bank has it durably. */
export function PaidNotice({ paid }: { readonly paid: LoanPaymentOutput }) {
  const t = useTranslations("loans");
  const money = useMoney();
  return (
    <Notice
      tone="positive"
      announce="soon"
      title={t("paid", { amount: money(paid.amountCentavos) })}
    >
      {t("stillOwed")} <strong className="num">{money(paid.debtCentavos)}</strong>
    </Notice>
  );
}
