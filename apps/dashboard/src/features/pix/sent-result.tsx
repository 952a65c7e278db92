"use client";
import { Button } from "@heroui/react/button";
import { refusalCatalogue, type SentPix } from "@pacto/contract";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Notice } from "../../components/notice.tsx";
import { useMoney } from "../../i18n/money.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";

/** What became of a PIX, in the teller's words, with its end-to-end id. */
export function SentResult(props: {
  readonly bank: string;
  readonly pix: SentPix;
  readonly onClose: () => void;
}) {
  const { pix, bank } = props;
  const t = useTranslations("pix");
  const money = useMoney();
  const sentence = useRefusalSentence();
  const isSent = pix.state === "committed";
  const isRefused = pix.state === "aborted";
  const entry = pix.refusal === null ? undefined : refusalCatalogue[pix.refusal.code];
  return (
    <Notice
      tone={isSent ? "positive" : isRefused ? "negative" : "caution"}
      announce="soon"
      title={t(isSent ? "sent" : isRefused ? "notSent" : "inProgress", {
        amount: money(pix.amountCentavos),
      })}
      actions={
        <>
          {isSent && (
            <Link href={`/pix/${bank}/${pix.endToEndId}`} className="text-link text-sm">
              {t("seeReceipt")}
            </Link>
          )}
          <Link href={`/transfers/${bank}/${pix.transactionId}`} className="text-link text-sm">
            {t("seeTransfer")}
          </Link>
          <Button size="sm" variant="ghost" onPress={props.onClose}>
            {t("dismiss")}
          </Button>
        </>
      }
    >
      {pix.refusal !== null && (
        <p>
          {sentence(pix.refusal)}
          {entry !== undefined && "iso" in entry && ` (${entry.iso})`}
        </p>
      )}
      <p className="font-mono text-xs">{pix.endToEndId}</p>
    </Notice>
  );
}
