"use client";
import type { HoldView } from "@pacto/contract";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMembers } from "../../banks/banks.tsx";
import { useMoney } from "../../i18n/money.ts";

/** Money promised to global transactions that are not decided here yet. */
export function Holds({ holds }: { readonly holds: readonly HoldView[] }) {
  const t = useTranslations("account");
  const money = useMoney();
  const format = useFormatter();
  const members = useMembers();
  return (
    <section aria-labelledby="holds-heading">
      <h2 id="holds-heading" className="mb-2 font-semibold">
        {t("holds")}
      </h2>
      <div className="panel overflow-x-auto">
        <table className="data-table">
          <caption className="sr-only">{t("holds")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("placedAt")}</th>
              <th scope="col">{t("holdFor")}</th>
              <th scope="col">{t("coordinator")}</th>
              <th scope="col" className="text-right!">
                {t("amount")}
              </th>
            </tr>
          </thead>
          <tbody>
            {holds.map((hold) => {
              const bank = members.find(({ id }) => id === hold.coordinator);
              return (
                <tr key={`${hold.transactionId}/${hold.direction}`}>
                  <td className="num text-muted">
                    {format.dateTime(new Date(hold.placedAt), {
                      dateStyle: "short",
                      timeStyle: "medium",
                    })}
                  </td>
                  <td>
                    <Link
                      href={`/transfers/${hold.coordinator}/${hold.transactionId}`}
                      className="text-link"
                    >
                      {t(hold.direction === "debit" ? "holdDebit" : "holdCredit")}
                    </Link>
                  </td>
                  <td>{bank && <BankName bank={bank} />}</td>
                  <td className="num text-right">{money(hold.amountCentavos)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
