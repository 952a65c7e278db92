"use client";
import type { TransferView } from "@pacto/contract";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember } from "../../banks/banks.tsx";
import { Icon } from "../../components/icon.tsx";
import { useMoney } from "../../i18n/money.ts";
import { Marks } from "./marks.tsx";
import { TransferBadge } from "./transfer-state.tsx";

/** Transfers, one a line, each marked with the bank that coordinates it. */
export function TransferTable({ transfers }: { readonly transfers: readonly TransferView[] }) {
  const t = useTranslations("transfers");
  return (
    <table className="data-table">
      <caption className="sr-only">{t("title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("createdAt")}</th>
          <th scope="col">{t("route")}</th>
          <th scope="col" className="text-right!">
            {t("amount")}
          </th>
          <th scope="col">{t("state")}</th>
          <th scope="col" className="max-md:hidden">
            {t("purpose")}
          </th>
          <th scope="col">{t("coordinator")}</th>
        </tr>
      </thead>
      <tbody>
        {transfers.map((transfer) => (
          <TransferRow key={transfer.id} transfer={transfer} />
        ))}
      </tbody>
    </table>
  );
}

function TransferRow({ transfer }: { readonly transfer: TransferView }) {
  const money = useMoney();
  const format = useFormatter();
  const coordinator = useMember(transfer.coordinator);
  return (
    <tr>
      <td className="num">
        <Link href={`/transfers/${transfer.coordinator}/${transfer.id}`} className="text-link">
          {format.dateTime(new Date(transfer.createdAt), {
            dateStyle: "short",
            timeStyle: "medium",
          })}
        </Link>
      </td>
      <td>
        <span className="flex items-center gap-2">
          <Marks sides={transfer.from} />
          <Icon name="arrow" className="size-3.5 text-subtle" />
          <Marks sides={transfer.to} />
        </span>
      </td>
      <td className="num text-right font-medium">{money(transfer.totalCentavos)}</td>
      <td>
        <TransferBadge state={transfer.state} isSettled={transfer.settled} />
      </td>
      <td className="max-w-52 truncate text-muted max-md:hidden">{transfer.purpose}</td>
      <td>{coordinator && <BankName bank={coordinator} />}</td>
    </tr>
  );
}
