"use client";
import type { AccountView } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember, useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { ActionLink } from "../../components/action-link.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useMoney } from "../../i18n/money.ts";
import { AccountActions } from "./account-actions.tsx";
import { LimitsPanel } from "../limits/limits-panel.tsx";
import { BalanceAt } from "./balance-at.tsx";
import { Holds } from "./holds.tsx";
import { Statement } from "./statement.tsx";

const REFRESH_MS = 2_000;

/** One account: its four balances, the holds on it, and its entries. */
export function AccountDetail(props: { readonly bank: string; readonly number: string }) {
  const t = useTranslations("account");
  const kinds = useTranslations("accounts");
  const member = useMember(props.bank);
  const isReachable = useReachable().has(props.bank);
  const queries = useBankQueries()(props.bank);
  const isNew = useSearchParams().get("opened") === "1";
  const { data, error, isLoading, dataUpdatedAt } = useQuery(
    queries.accounts.get.queryOptions(
      { number: props.number },
      { enabled: isReachable, ...following(REFRESH_MS) },
    ),
  );
  if (data === undefined || member === undefined) {
    return (
      <>
        <ReadProblem bank={props.bank} error={error} readAt={null} />
        {isLoading && <Skeleton label={t("reading")} rows={6} />}
      </>
    );
  }
  const { account, holds } = data;
  return (
    <div className="flex flex-col gap-5 [&>:first-child]:mb-0">
      <PageHeader
        title={<span className="num">{t("title", { number: account.number })}</span>}
        description={<Facts account={account} kind={kinds(`kinds.${account.kind}`)} />}
        actions={
          <>
            <ActionLink href={`/cash?bank=${account.bank}&account=${account.number}`}>
              {t("cash")}
            </ActionLink>
            <ActionLink
              href={`/transfers/new?bank=${account.bank}&account=${account.number}`}
              variant="primary"
            >
              {t("transfer")}
            </ActionLink>
          </>
        }
      />
      {isNew && <Notice tone="positive" announce="soon" title={t("opened")} />}
      {account.status !== "active" && (
        <Notice tone="caution">
          {kinds(`statuses.${account.status}`)}
          {account.statusReason !== null && ` · ${account.statusReason}`}
        </Notice>
      )}
      <ReadProblem bank={props.bank} error={error} readAt={dataUpdatedAt} />
      <Balances account={account} />
      <AccountActions account={account} />
      {holds.length > 0 && <Holds holds={holds} />}
      <LimitsPanel bank={props.bank} owner={{ account: props.number }} />
      <BalanceAt account={account} />
      <Statement bank={props.bank} number={props.number} version={account.version} />
    </div>
  );
}

function Facts({ account, kind }: { readonly account: AccountView; readonly kind: string }) {
  const t = useTranslations("account");
  const member = useMember(account.bank);
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {member && <BankName bank={member} />}
      <span className="num">{t("agency", { agency: account.agency })}</span>
      <span>{kind}</span>
      {account.signing === "both" && (
        <Link href={`/signatures?bank=${account.bank}`} className="text-link">
          {t("bothSign")}
        </Link>
      )}
      {account.holders.map((holder) => (
        <span key={holder.clientId} className="inline-flex gap-1.5">
          <Link href={`/clients/${account.bank}/${holder.clientId}`} className="text-link">
            {holder.name}
          </Link>
          <span className="num">{holder.taxIdMasked}</span>
        </span>
      ))}
    </span>
  );
}

function Balances({ account }: { readonly account: AccountView }) {
  const t = useTranslations("account");
  const money = useMoney();
  const { ceilingCentavos, overdraftCentavos } = account;
  return (
    <section aria-label={t("balances")}>
      <dl className="panel grid grid-cols-2 divide-border lg:grid-cols-4 lg:divide-x">
        <Balance label={t("ledger")} note={t("ledgerNote")}>
          {money(account.ledgerCentavos)}
        </Balance>
        <Balance label={t("held")} note={t("heldNote")}>
          {money(account.heldCentavos)}
        </Balance>
        <Balance label={t("incoming")} note={t("incomingNote")}>
          {money(account.incomingCentavos)}
        </Balance>
        <Balance
          label={t("available")}
          note={
            overdraftCentavos > 0
              ? t("withOverdraft", { amount: money(overdraftCentavos) })
              : t("availableNote")
          }
        >
          {money(account.availableCentavos)}
        </Balance>
      </dl>
      {ceilingCentavos !== null && (
        <p className="mt-1.5 text-xs text-muted">
          {t("ceiling", { amount: money(ceilingCentavos) })}
        </p>
      )}
    </section>
  );
}

function Balance(props: {
  readonly label: string;
  readonly note: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex min-w-0 flex-col px-4 py-3">
      <dt className="text-xs text-muted">{props.label}</dt>
      <dd className="num mt-1 text-lg font-semibold tracking-tight">{props.children}</dd>
      <dd className="mt-0.5 text-xs text-muted">{props.note}</dd>
    </div>
  );
}
