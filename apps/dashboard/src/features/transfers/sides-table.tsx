"use client";
import type { TransferSide } from "@pacto/contract";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMembers } from "../../banks/banks.tsx";
import { useMoney } from "../../i18n/money.ts";

/** The accounts that the money leaves, or those that it reaches. */
export function SidesTable(props: {
  readonly title: string;
  readonly sides: readonly TransferSide[];
}) {
  const t = useTranslations("transfer");
  const money = useMoney();
  const members = useMembers();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-2 font-semibold">
        {props.title}
      </h2>
      <div className="panel overflow-x-auto">
        <table className="data-table">
          <caption className="sr-only">{props.title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("bank")}</th>
              <th scope="col">{t("account")}</th>
              <th scope="col" className="text-right!">
                {t("amount")}
              </th>
            </tr>
          </thead>
          <tbody>
            {props.sides.map((side) => {
              const bank = members.find((member) => member.id === side.bank);
              return (
                <tr key={`${side.bank}/${side.account}`}>
                  <td>{bank && <BankName bank={bank} />}</td>
                  <td className="num">
                    <Link href={`/accounts/${side.bank}/${side.account}`} className="text-link">
                      {side.account}
                    </Link>
                  </td>
                  <td className="num text-right">{money(side.amountCentavos)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
