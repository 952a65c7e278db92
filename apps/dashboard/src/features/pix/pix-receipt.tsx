"use client";
import { Button } from "@heroui/react/button";
import type { PixPaymentView } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useMember, useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { useMoney } from "../../i18n/money.ts";
import { ReportFiles } from "../reports/report-files.tsx";
import { CopyText } from "./copy-text.tsx";
import { packReceipt } from "./pack-receipt.ts";
import { QrCode } from "./qr-code.tsx";

/** Bytes that the largest QR code takes. */
const QR_BYTES_MAX = 2_900;

/**
 * What proves the payment: all banks' signatures, as a QR code that anybody verifies offline, as a
 * file, as words to share, and on paper or as PDF by way of the printer.
 */
export function PixReceipt(props: { readonly bank: string; readonly payment: PixPaymentView }) {
  const { bank, payment } = props;
  const t = useTranslations("pix");
  const isReachable = useReachable().has(bank);
  const { data } = useQuery(
    useBankQueries()(bank).transfers.receipt.queryOptions(
      { id: payment.transactionId },
      { enabled: isReachable, staleTime: Infinity },
    ),
  );
  const { data: packed } = useQuery({
    queryKey: ["packed-receipt", payment.transactionId, data?.receipt.issuedAt ?? null],
    queryFn: async () => packReceipt(data?.receipt ?? {}),
    enabled: data !== undefined,
    staleTime: Infinity,
  });
  const shared = useShareText(payment);
  return (
    <section aria-label={t("receipt")} className="panel flex flex-col items-start gap-3 p-5">
      <h2 className="font-semibold">{t("receipt")}</h2>
      {packed !== undefined && packed.length <= QR_BYTES_MAX && (
        <QrCode text={packed} label={t("receiptQr")} />
      )}
      <p className="text-muted">{t("receiptHint")}</p>
      <div data-screen-only className="flex flex-wrap gap-2">
        <CopyText text={shared} label={t("shareText")} />
        <Button variant="outline" size="sm" onPress={() => window.print()}>
          {t("print")}
        </Button>
        <ReportFiles
          bank={bank}
          report={{ kind: "pix", endToEndId: payment.endToEndId }}
          formats={["pdf", "json"]}
          isDisabled={!isReachable}
        />
        {packed !== undefined && <CopyText text={packed} label={t("copyReceipt")} />}
        <Link href="/verify" className="text-link self-center text-sm">
          {t("verifyLink")}
        </Link>
      </div>
    </section>
  );
}

function useShareText(payment: PixPaymentView): string {
  const t = useTranslations("pix");
  const money = useMoney();
  const format = useFormatter();
  const payeeBank = useMember(payment.payee.bank);
  return [
    t("shareTitle", { amount: money(payment.amountCentavos) }),
    `${t("settledAt")}: ${format.dateTime(new Date(payment.settledAt), {
      dateStyle: "short",
      timeStyle: "medium",
    })}`,
    `${t("payeeBank")}: ${payeeBank?.name ?? payment.payee.bank}`,
    ...(payment.key === null ? [] : [`${t("key")}: ${payment.key}`]),
    `ID: ${payment.endToEndId}`,
  ].join("\n");
}
