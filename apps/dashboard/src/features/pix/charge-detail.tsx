"use client";
import { Button } from "@heroui/react/button";
import type { ChargeView, Refusal } from "@pacto/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember, useReachable } from "../../banks/banks.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { settle } from "../../banks/refusal.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useMoney } from "../../i18n/money.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import { ChargeStatus } from "./charge-status.tsx";
import { CopyText } from "./copy-text.tsx";
import { QrCode } from "./qr-code.tsx";

const REFRESH_MS = 2_000;

/** One charge with its QR code, followed until somebody has paid it. */
export function ChargeDetail(props: { readonly bank: string; readonly txid: string }) {
  const { bank, txid } = props;
  const t = useTranslations("pix");
  const isReachable = useReachable().has(bank);
  const { data, error, dataUpdatedAt, isLoading } = useQuery(
    useBankQueries()(bank).pix.charges.get.queryOptions(
      { txid },
      { enabled: isReachable, ...following(REFRESH_MS) },
    ),
  );
  const member = useMember(bank);
  const charge = data?.charge;
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title={t("charge")}
        description={
          <span className="flex flex-wrap items-center gap-x-4">
            {member && <BankName bank={member} />}
            <span className="font-mono text-xs">{txid}</span>
          </span>
        }
      />
      <ReadProblem bank={bank} error={error} readAt={charge === undefined ? null : dataUpdatedAt} />
      {isLoading && <Skeleton label={t("reading")} rows={5} />}
      {charge !== undefined && <ChargePanels bank={bank} charge={charge} />}
    </div>
  );
}

function ChargePanels({ bank, charge }: { readonly bank: string; readonly charge: ChargeView }) {
  const t = useTranslations("pix");
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[22rem_1fr]">
      {charge.status === "ATIVA" && (
        <section aria-label={t("qrCode")} className="panel flex flex-col items-center gap-3 p-4">
          <QrCode text={charge.brCode} label={t("qrOfCharge")} />
          <CopyText text={charge.brCode} label={t("copyCode")} />
        </section>
      )}
      <section aria-label={t("details")} className="panel flex flex-col gap-4 p-5">
        {charge.payment !== null && (
          <Notice tone="positive" announce="soon" title={t("paid")}>
            <Link href={`/pix/${bank}/${charge.payment.endToEndId}`} className="text-link">
              {t("seePayment")}
            </Link>
          </Notice>
        )}
        <ChargeFacts charge={charge} />
        {charge.status === "ATIVA" && <RemoveCharge bank={bank} txid={charge.txid} />}
      </section>
    </div>
  );
}

function ChargeFacts({ charge }: { readonly charge: ChargeView }) {
  const t = useTranslations("pix");
  const money = useMoney();
  const format = useFormatter();
  const { terms, due } = charge;
  const instant = (at: string) =>
    format.dateTime(new Date(at), { dateStyle: "short", timeStyle: "short" });
  const facts: readonly (readonly [string, ReactNode] | null)[] = [
    [t("state"), <ChargeStatus key="state" charge={charge} />],
    [t("original"), money(due.originalCentavos)],
    due.fineCentavos + due.interestCentavos > 0
      ? [t("fineAndInterest"), money(due.fineCentavos + due.interestCentavos)]
      : null,
    due.discountCentavos + due.rebateCentavos > 0
      ? [t("discounts"), `−${money(due.discountCentavos + due.rebateCentavos)}`]
      : null,
    [t("amountToday"), money(due.finalCentavos)],
    [t("key"), charge.key],
    [t("account"), charge.account],
    terms.kind === "due"
      ? [t("dueOn"), format.dateTime(new Date(`${terms.dueOn}T12:00:00Z`), { dateStyle: "short" })]
      : null,
    [t("payableUntil"), instant(charge.expiresAt)],
    terms.debtor === null ? null : [t("debtor"), terms.debtor.name],
    terms.request === "" ? null : [t("request"), terms.request],
    charge.revision === 0 ? null : [t("revision"), String(charge.revision)],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
      {facts.map(
        (fact) =>
          fact !== null && (
            <div key={fact[0]} className="contents">
              <dt className="text-muted">{fact[0]}</dt>
              <dd className="num text-right break-all">{fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function RemoveCharge({ bank, txid }: { readonly bank: string; readonly txid: string }) {
  const t = useTranslations("pix");
  const sentence = useRefusalSentence();
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  async function remove() {
    setAsking(false);
    const sent = await settle(() =>
      bankClient(bank).pix.charges.remove.mutate({ idempotencyKey: `remove:${txid}`, txid }),
    );
    setRefusal(sent.kind === "refused" ? sent.refusal : null);
    await queryClient.invalidateQueries({ queryKey: [[bank]] });
  }
  return (
    <div className="flex flex-col gap-2">
      {refusal !== null && (
        <Notice tone="negative" announce="now">
          {sentence(refusal)}
        </Notice>
      )}
      <div>
        <Button variant="outline" size="sm" onPress={() => setAsking(true)}>
          {t("removeCharge")}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={t("removeCharge")}
        confirmText={t("removeCharge")}
        cancelText={t("back")}
        onClose={() => setAsking(false)}
        onConfirm={() => void remove()}
      >
        <p>{t("removeWhy")}</p>
      </ConfirmDialog>
    </div>
  );
}
