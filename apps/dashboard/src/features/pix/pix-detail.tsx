"use client";
import type { PixDetail as Detail, PixPaymentView } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember, useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useMoney } from "../../i18n/money.ts";
import { PixReceipt } from "./pix-receipt.tsx";
import { RefundForm } from "./refund-form.tsx";
import { RefundTable } from "./refund-table.tsx";

const REFRESH_MS = 3_000;

/** One PIX as a bank knows it: its receipt, and where it was received, its refunds. */
export function PixDetail(props: { readonly bank: string; readonly endToEndId: string }) {
  const { bank, endToEndId } = props;
  const t = useTranslations("pix");
  const isReachable = useReachable().has(bank);
  const { data, error, dataUpdatedAt, isLoading } = useQuery(
    useBankQueries()(bank).pix.get.queryOptions(
      { endToEndId },
      { enabled: isReachable, ...following(REFRESH_MS) },
    ),
  );
  const member = useMember(bank);
  const payment = data?.payments[0];
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title={t(payment?.direction === "received" ? "receivedPix" : "sentPix")}
        description={
          <span className="flex flex-wrap items-center gap-x-4">
            {member && <BankName bank={member} />}
            <span className="font-mono text-xs">{endToEndId}</span>
          </span>
        }
      />
      <ReadProblem bank={bank} error={error} readAt={data === undefined ? null : dataUpdatedAt} />
      {isLoading && <Skeleton label={t("reading")} rows={5} />}
      {data !== undefined && payment !== undefined && (
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <div className="flex flex-col gap-5">
            <Facts bank={bank} payment={payment} detail={data} />
            <Refunds bank={bank} endToEndId={endToEndId} detail={data} />
          </div>
          <PixReceipt bank={bank} payment={payment} />
        </div>
      )}
    </div>
  );
}

function Facts(props: {
  readonly bank: string;
  readonly payment: PixPaymentView;
  readonly detail: Detail;
}) {
  const { bank, payment } = props;
  const t = useTranslations("pix");
  const money = useMoney();
  const format = useFormatter();
  const payeeBank = useMember(payment.payee.bank);
  const total = props.detail.payments.reduce((sum, it) => sum + it.amountCentavos, 0);
  return (
    <section aria-label={t("details")} className="panel p-5">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 [&>dd]:text-right [&>dt]:text-muted">
        <dt>{t("amount")}</dt>
        <dd className="num text-base font-semibold">{money(total)}</dd>
        <dt>{t("settledAt")}</dt>
        <dd className="num">
          {format.dateTime(new Date(payment.settledAt), {
            dateStyle: "short",
            timeStyle: "medium",
          })}
        </dd>
        <dt>{t("account")}</dt>
        <dd className="num">{props.detail.payments.map(({ account }) => account).join(", ")}</dd>
        <dt>{t("payeeBank")}</dt>
        <dd>{payeeBank && <BankName bank={payeeBank} />}</dd>
        <dt>{t("payeeAccount")}</dt>
        <dd className="num">{payment.payee.account}</dd>
        {payment.key !== null && (
          <>
            <dt>{t("key")}</dt>
            <dd className="break-all">{payment.key}</dd>
          </>
        )}
        {payment.txid !== null && (
          <>
            <dt>txid</dt>
            <dd className="font-mono text-xs break-all">{payment.txid}</dd>
          </>
        )}
        {payment.description !== "" && (
          <>
            <dt>{t("note")}</dt>
            <dd>{payment.description}</dd>
          </>
        )}
        <dt>{t("transfer")}</dt>
        <dd>
          <Link href={`/transfers/${bank}/${payment.transactionId}`} className="text-link">
            {t("seeTransfer")}
          </Link>
        </dd>
      </dl>
    </section>
  );
}

function Refunds(props: {
  readonly bank: string;
  readonly endToEndId: string;
  readonly detail: Detail;
}) {
  const { bank, endToEndId, detail } = props;
  const { refundable, refunds, returned } = detail;
  const t = useTranslations("pix");
  const money = useMoney();
  if (refundable === null && returned.length === 0) return null;
  return (
    <section aria-label={t("refunds")} className="panel flex flex-col gap-4 p-5">
      <h2 className="font-semibold">{t("refunds")}</h2>
      {refundable !== null && (
        <p>
          {t("refundableLeft", {
            amount: money(refundable.remainingCentavos),
            days: refundable.daysLeft,
          })}
        </p>
      )}
      <RefundTable refunds={refunds} returned={returned} />
      {refundable !== null && refundable.remainingCentavos > 0 && refundable.daysLeft > 0 && (
        <RefundForm bank={bank} endToEndId={endToEndId} left={refundable.remainingCentavos} />
      )}
    </section>
  );
}
