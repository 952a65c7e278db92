"use client";
import type { ChargeView } from "@pacto/contract";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { BankFilter } from "../../banks/bank-filter.tsx";
import { BankName } from "../../banks/bank-mark.tsx";
import { useBankPages } from "../../banks/bank-pages.ts";
import { useMembers } from "../../banks/banks.tsx";
import { PartsNotice } from "../../banks/parts-notice.tsx";
import { ActionLink } from "../../components/action-link.tsx";
import { Icon } from "../../components/icon.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useMoney } from "../../i18n/money.ts";
import { ChargeStatus } from "./charge-status.tsx";

const PAGE = 25;
const REFRESH_MS = 3_000;

interface Listed {
  readonly bank: string;
  readonly charge: ChargeView;
}

/** Charges of one bank or of all, the newest first. */
export function ChargeList() {
  const t = useTranslations("pix");
  const members = useMembers();
  const [bank, setBank] = useQueryState("bank", parseAsString.withDefault(""));
  const list = useBankPages<Listed>({
    banks: bank === "" ? members.map(({ id }) => id) : [bank],
    key: ["pix-charges", PAGE],
    instantOf: ({ charge }) => charge.createdAt,
    followMs: REFRESH_MS,
    read: async (client, cursor, signal) => {
      const asked = { limit: PAGE, cursor };
      const page = await client.pix.charges.list.query(asked, { signal });
      return {
        items: page.charges.map((charge) => ({ bank: page.bank, charge })),
        nextCursor: page.nextCursor,
      };
    },
  });
  return (
    <>
      <PageHeader
        title={t("charges")}
        description={t("chargesDescription")}
        actions={
          <ActionLink href="/pix/charges/new" variant="primary">
            <Icon name="plus" />
            {t("newCharge")}
          </ActionLink>
        }
      />
      <div className="mb-3">
        <BankFilter value={bank} onChange={(id) => void setBank(id === "" ? null : id)} />
      </div>
      <div className="flex flex-col gap-3">
        <PartsNotice parts={list.parts} />
        <ListFrame
          isEmpty={list.items.length === 0}
          isReading={list.isReading}
          readingText={t("reading")}
          emptyText={t("noCharges")}
          more={list.more}
          moreText={t("more")}
        >
          <ChargeTable items={list.items} />
        </ListFrame>
      </div>
    </>
  );
}

function ChargeTable({ items }: { readonly items: readonly Listed[] }) {
  const t = useTranslations("pix");
  const money = useMoney();
  const format = useFormatter();
  const members = useMembers();
  return (
    <table className="data-table">
      <caption className="sr-only">{t("charges")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("createdAt")}</th>
          <th scope="col">{t("key")}</th>
          <th scope="col" className="text-right!">
            {t("amountToday")}
          </th>
          <th scope="col">{t("state")}</th>
          <th scope="col">{t("bank")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ bank, charge }) => {
          const member = members.find(({ id }) => id === bank);
          return (
            <tr key={`${bank}/${charge.txid}`}>
              <td className="num">
                <Link href={`/pix/charges/${bank}/${charge.txid}`} className="text-link">
                  {format.dateTime(new Date(charge.createdAt), {
                    dateStyle: "short",
                    timeStyle: "medium",
                  })}
                </Link>
              </td>
              <td className="max-w-52 truncate">{charge.key}</td>
              <td className="num text-right">{money(charge.due.finalCentavos)}</td>
              <td>
                <ChargeStatus charge={charge} />
              </td>
              <td>{member && <BankName bank={member} />}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
