"use client";
import type { LoanView } from "@pacto/contract";
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
import { LoanState } from "./loan-state.tsx";

const PAGE = 25;

/** The loans of one bank or of all, newest first. */
export function LoanList() {
  const t = useTranslations("loans");
  const members = useMembers();
  const [bank, setBank] = useQueryState("bank", parseAsString.withDefault(""));
  const [lateOnly, setLateOnly] = useQueryState("late", parseAsBoolean.withDefault(false));
  const list = useBankPages<LoanView>({
    banks: bank === "" ? members.map(({ id }) => id) : [bank],
    key: ["loans", lateOnly],
    instantOf: (loan) => loan.createdAt,
    read: async (client, cursor, signal) => {
      const page = await client.loans.list.query({ lateOnly, limit: PAGE, cursor }, { signal });
      return { items: page.loans, nextCursor: page.nextCursor };
    },
  });
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <ActionLink href={`/loans/new${bank === "" ? "" : `?bank=${bank}`}`} variant="primary">
            <Icon name="plus" />
            {t("new")}
          </ActionLink>
        }
      />
      <div className="mb-3 flex flex-wrap items-center gap-4">
        <BankFilter value={bank} onChange={(id) => void setBank(id === "" ? null : id)} />
        <CheckBox
          isChecked={lateOnly}
          onChange={(isLate) => void setLateOnly(isLate ? true : null)}
        >
          {t("lateOnly")}
        </CheckBox>
      </div>
      <div className="flex flex-col gap-3">
        <PartsNotice parts={list.parts} />
        <ListFrame
          isEmpty={list.items.length === 0}
          isReading={list.isReading}
          readingText={t("reading")}
          emptyText={lateOnly ? t("noneLate") : t("none")}
          more={list.more}
          moreText={t("more")}
        >
          <LoanTable loans={list.items} />
        </ListFrame>
      </div>
    </>
  );
}

function LoanTable({ loans }: { readonly loans: readonly LoanView[] }) {
  const t = useTranslations("loans");
  return (
    <DataTable
      caption={t("title")}
      columns={[
        { text: t("number") },
        { text: t("borrowers") },
        { text: t("bank") },
        { text: t("terms"), isWide: true },
        { text: t("principal"), isFigure: true, isWide: true },
        { text: t("debt"), isFigure: true },
        { text: t("nextDue") },
        { text: t("state") },
      ]}
    >
      {loans.map((loan) => (
        <LoanRow key={`${loan.bank}/${loan.number}`} loan={loan} />
      ))}
    </DataTable>
  );
}

function LoanRow({ loan }: { readonly loan: LoanView }) {
  const t = useTranslations("loans");
  const money = useMoney();
  const dates = useDates();
  const bank = useMember(loan.bank);
  return (
    <tr>
      <td className="num">
        <Link href={`/loans/${loan.bank}/${loan.number}`} className="text-link">
          {loan.number}
        </Link>
      </td>
      <td>{loan.borrowers.join(" & ")}</td>
      <td>{bank && <BankName bank={bank} />}</td>
      <td className="num text-muted max-md:hidden">
        {t(`systems.${loan.system}`)} · {t("perMonth", { rate: dates.rate(loan.monthlyRatePpm) })}
      </td>
      <td className="num text-right max-md:hidden">{money(loan.principalCentavos)}</td>
      <td className="num text-right font-medium">{money(loan.debtCentavos)}</td>
      <td className="num text-muted">
        {loan.nextDueOn === null ? "—" : dates.day(loan.nextDueOn)}
      </td>
      <td>
        <LoanState state={loan.state} />
      </td>
    </tr>
  );
}
