"use client";
import type { PixDetail } from "@pacto/contract";
import { useFormatter, useTranslations } from "next-intl";
import { useMoney } from "../../i18n/money.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";

/** Refunds given here, or money that came back here. */
export function RefundTable(props: Pick<PixDetail, "refunds" | "returned">) {
  const t = useTranslations("pix");
  const money = useMoney();
  const format = useFormatter();
  const sentence = useRefusalSentence();
  const rows = [
    ...props.refunds.map((it) => ({
      id: it.returnId,
      at: it.settledAt ?? it.requestedAt,
      amount: it.amountCentavos,
      reason: it.reason,
      state: it.refusal === null ? t(`refundStatus.${it.status}`) : sentence(it.refusal),
    })),
    ...props.returned.map((it) => ({
      id: `${it.returnId}/${it.account}`,
      at: it.settledAt,
      amount: it.amountCentavos,
      reason: it.reason,
      state: t("cameBack", { account: it.account }),
    })),
  ];
  if (rows.length === 0) return null;
  return (
    <div className="overflow-x-auto">
      <table className="data-table">
        <caption className="sr-only">{t("refunds")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("at")}</th>
            <th scope="col">{t("reason")}</th>
            <th scope="col" className="text-right!">
              {t("amount")}
            </th>
            <th scope="col">{t("state")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="num">
                {format.dateTime(new Date(row.at), { dateStyle: "short", timeStyle: "medium" })}
              </td>
              <td>
                {t(`reasons.${row.reason}`)} ({row.reason})
              </td>
              <td className="num text-right">{money(row.amount)}</td>
              <td>{row.state}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
