"use client";
import { Button } from "@heroui/react/button";
import type { CashReceipt as Receipt } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { BankMark } from "../../banks/bank-mark.tsx";
import { useMember, useReachable } from "../../banks/banks.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { Icon } from "../../components/icon.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ReasonField, isReason } from "../../components/reason-field.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { Summary } from "../../components/summary.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { usePostingKind } from "../accounts/posting-kind.ts";

/** What a customer takes home from the counter, at the width of a receipt printer's roll. */
export function CashReceipt(props: { readonly bank: string; readonly posting: string }) {
  const t = useTranslations("receipt");
  const isReachable = useReachable().has(props.bank);
  const queries = useBankQueries()(props.bank);
  const { data, error, isLoading, dataUpdatedAt } = useQuery(
    queries.cash.receipt.queryOptions({ postingId: props.posting }, { enabled: isReachable }),
  );
  return (
    <div className="flex flex-col gap-5 [&>:first-child]:mb-0">
      <div data-screen-only>
        <PageHeader
          title={t("title")}
          description={t("description")}
          actions={
            data !== undefined && (
              <>
                {canReverse(data) && <Reverse receipt={data} />}
                <Button variant="primary" onPress={() => window.print()}>
                  <Icon name="print" />
                  {t("print")}
                </Button>
              </>
            )
          }
        />
      </div>
      <ReadProblem
        bank={props.bank}
        error={error}
        readAt={data === undefined ? null : dataUpdatedAt}
      />
      {isLoading && <Skeleton label={t("reading")} rows={6} />}
      {typeof data?.reversedBy === "string" && (
        <Notice tone="caution" title={t("wasReversed")}>
          <Link href={`/receipts/${props.bank}/${data.reversedBy}`} className="text-link">
            {t("seeReversal")}
          </Link>
        </Notice>
      )}
      {data !== undefined && <Slip receipt={data} />}
    </div>
  );
}

function canReverse({ kind, reversedBy }: Receipt): boolean {
  return reversedBy === null && kind !== "reversal";
}

function Slip({ receipt }: { readonly receipt: Receipt }) {
  const t = useTranslations("receipt");
  const money = useMoney();
  const dates = useDates();
  const kind = usePostingKind();
  const member = useMember(receipt.bank);
  return (
    <article className="panel w-full max-w-sm px-6 py-5 print:max-w-none print:border-0 print:p-0">
      <header className="flex items-center gap-2 border-b border-dashed border-border pb-3">
        {member && <BankMark bank={member} size="md" />}
        <span className="font-semibold">{receipt.bankName}</span>
      </header>
      <p className="mt-4 text-muted">{kind(receipt.kind)}</p>
      <p className="num text-2xl font-semibold tracking-tight">{money(receipt.amountCentavos)}</p>
      <div className="mt-4 border-t border-dashed border-border pt-4">
        <Summary
          facts={[
            [
              t("account"),
              <Link
                key="account"
                href={`/accounts/${receipt.bank}/${receipt.number}`}
                className="text-link"
              >
                {receipt.number}
              </Link>,
            ],
            [t("holder"), receipt.holder],
            [t("at"), dates.exactly(receipt.at)],
            [t("teller"), receipt.teller],
            [t("note"), receipt.description],
          ]}
        />
      </div>
      <p className="mt-4 border-t border-dashed border-border pt-3 font-mono text-2xs break-all text-muted">
        {receipt.postingId}
      </p>
    </article>
  );
}

const empty = { reason: "" };

function Reverse({ receipt }: { readonly receipt: Receipt }) {
  const t = useTranslations("receipt");
  const money = useMoney();
  const router = useRouter();
  return (
    <ActionDialog
      name={`reverse-cash:${receipt.bank}:${receipt.postingId}`}
      bank={receipt.bank}
      initial={empty}
      size="md"
      label={t("reverse")}
      title={t("reverseTitle", { amount: money(receipt.amountCentavos) })}
      confirmText={t("reverse")}
      isComplete={({ reason }) => isReason(reason)}
      request={({ reason }, idempotencyKey) =>
        bankClient(receipt.bank).cash.reverse.mutate({
          idempotencyKey,
          postingId: receipt.postingId,
          reason,
        })
      }
      approval={({ reason }) => ({
        kind: "cash.reverse",
        payload: { postingId: receipt.postingId, reason },
      })}
      onDone={(reversal) => router.push(`/receipts/${reversal.bank}/${reversal.postingId}`)}
    >
      {({ value, change, tried }) => (
        <div className="flex flex-col gap-4">
          <p className="text-muted">{t("reverseNote", { number: receipt.number })}</p>
          <ReasonField
            value={value.reason}
            onChange={(reason) => change({ reason })}
            tried={tried}
            maxLength={140}
          />
        </div>
      )}
    </ActionDialog>
  );
}
