"use client";
import type { PlanView } from "@pacto/contract";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { parseAsBoolean, parseAsString, useQueryState } from "nuqs";
import { BankFilter } from "../../banks/bank-filter.tsx";
import { BankName } from "../../banks/bank-mark.tsx";
import { useBankPages } from "../../banks/bank-pages.ts";
import { useMember, useMembers } from "../../banks/banks.tsx";
import { PartsNotice } from "../../banks/parts-notice.tsx";
import { ActionLink } from "../../components/action-link.tsx";
import { CheckBox } from "../../components/check-box.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Icon } from "../../components/icon.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { PlanRoute, planTotal } from "./plan-route.tsx";

const PAGE = 25;

type PlanAt = PlanView & { readonly bank: string };

/** Transfers that happen later, once or again and again, at one bank or at all. */
export function PlanList() {
  const t = useTranslations("plans");
  const members = useMembers();
  const [bank, setBank] = useQueryState("bank", parseAsString.withDefault(""));
  const [withPast, setWithPast] = useQueryState("past", parseAsBoolean.withDefault(false));
  const list = useBankPages<PlanAt>({
    banks: bank === "" ? members.map(({ id }) => id) : [bank],
    key: ["plans", withPast],
    instantOf: (plan) => plan.createdAt,
    followMs: 10_000,
    read: async (client, cursor, signal, from) => {
      const input = { activeOnly: !withPast, limit: PAGE, cursor };
      const page = await client.plans.list.query(input, { signal });
      const items = page.plans.map((plan) => ({ ...plan, bank: from }));
      return { items, nextCursor: page.nextCursor };
    },
  });
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <ActionLink href="/transfers/new" variant="primary">
            <Icon name="plus" />
            {t("new")}
          </ActionLink>
        }
      />
      <div className="mb-3 flex flex-wrap items-center gap-4">
        <BankFilter value={bank} onChange={(id) => void setBank(id === "" ? null : id)} />
        <CheckBox isChecked={withPast} onChange={(isOn) => void setWithPast(isOn ? true : null)}>
          {t("withPast")}
        </CheckBox>
      </div>
      <div className="flex flex-col gap-3">
        <PartsNotice parts={list.parts} />
        <ListFrame
          isEmpty={list.items.length === 0}
          isReading={list.isReading}
          readingText={t("reading")}
          emptyText={t(withPast ? "noneEver" : "none")}
          more={list.more}
          moreText={t("more")}
        >
          <PlanTable plans={list.items} />
        </ListFrame>
      </div>
    </>
  );
}

function PlanTable({ plans }: { readonly plans: readonly PlanAt[] }) {
  const t = useTranslations("plans");
  return (
    <DataTable
      caption={t("title")}
      columns={[
        { text: t("first") },
        { text: t("every") },
        { text: t("route") },
        { text: t("amount"), isFigure: true },
        { text: t("status") },
        { text: t("purpose"), isWide: true },
        { text: t("bank") },
      ]}
    >
      {plans.map((plan) => (
        <PlanRow key={plan.id} plan={plan} />
      ))}
    </DataTable>
  );
}

function PlanRow({ plan }: { readonly plan: PlanAt }) {
  const t = useTranslations("plans");
  const schedule = useTranslations("schedule");
  const money = useMoney();
  const dates = useDates();
  const bank = useMember(plan.bank);
  return (
    <tr>
      <td className="num">
        <Link href={`/plans/${plan.bank}/${plan.id}`} className="text-link">
          {dates.at(plan.firstAt)}
        </Link>
      </td>
      <td className="whitespace-nowrap">{schedule(`every.${plan.every}`)}</td>
      <td>
        <PlanRoute transfer={plan.transfer} />
      </td>
      <td className="num text-right font-medium">{money(planTotal(plan.transfer))}</td>
      <td className="whitespace-nowrap">{t(`statuses.${plan.status}`)}</td>
      <td className="max-w-52 truncate text-muted max-md:hidden">{plan.transfer.purpose}</td>
      <td>{bank && <BankName bank={bank} />}</td>
    </tr>
  );
}
