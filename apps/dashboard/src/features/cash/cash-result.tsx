"use client";
import { Button } from "@heroui/react/button";
import type { CashOutput } from "@pacto/contract";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Notice } from "../../components/notice.tsx";
import { useMoney } from "../../i18n/money.ts";
import type { CashDraft } from "./cash-draft.ts";

/** What was done: told only once the bank has it durably. */
export function CashResult(props: {
  readonly draft: CashDraft;
  readonly output: CashOutput;
  readonly onClose: () => void;
}) {
  const { draft, output } = props;
  const t = useTranslations("cash");
  const money = useMoney();
  return (
    <Notice
      tone="positive"
      announce="soon"
      title={t(draft.act === "deposit" ? "deposited" : "withdrawn", {
        amount: money(output.amountCentavos),
        holder: draft.account?.holder ?? "",
      })}
      actions={
        <>
          <Link href={`/receipts/${draft.bank}/${output.postingId}`} className="text-link text-sm">
            {t("receipt")}
          </Link>
          <Link href={`/accounts/${draft.bank}/${output.number}`} className="text-link text-sm">
            {t("seeStatement", { number: output.number })}
          </Link>
          <Button size="sm" variant="ghost" onPress={props.onClose}>
            {t("dismiss")}
          </Button>
        </>
      }
    >
      {t("newBalance")} <strong className="num">{money(output.balanceAfterCentavos)}</strong>
    </Notice>
  );
}
