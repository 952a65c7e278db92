"use client";
import type { LoanPaymentOutput, LoanView } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { refusalOf } from "../../banks/refusal.ts";
import { Notice } from "../../components/notice.tsx";
import { Summary } from "../../components/summary.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import { AccountPicker, type PickedAccount } from "../accounts/account-picker.tsx";
import { PaidNotice } from "./paid-notice.tsx";

interface PayOffDraft {
  readonly from: PickedAccount | null;
}

const empty: PayOffDraft = { from: null };

/** What would end the loan today, and the account of this bank that pays it. */
export function PayOff({ loan }: { readonly loan: LoanView }) {
  const t = useTranslations("loans");
  const [paid, setPaid] = useState<LoanPaymentOutput | null>(null);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <ActionDialog<PayOffDraft, LoanPaymentOutput>
        name={`loan-payoff:${loan.bank}:${loan.number}`}
        bank={loan.bank}
        initial={empty}
        size="md"
        label={t("payOff")}
        title={t("payOffTitle")}
        confirmText={t("doPayOff")}
        isComplete={({ from }) => from !== null}
        request={({ from }, idempotencyKey) =>
          bankClient(loan.bank).loans.payOff.mutate({
            idempotencyKey,
            number: loan.number,
            from: from?.number ?? "",
          })
        }
        onDone={setPaid}
      >
        {({ value, change, tried }) => (
          <div className="flex flex-col gap-4">
            <Quote loan={loan} />
            <AccountPicker
              label={t("payFrom")}
              bank={loan.bank}
              picked={value.from}
              onPick={(from) => change({ from })}
              problem={tried && value.from === null ? t("payFromMissing") : null}
            />
          </div>
        )}
      </ActionDialog>
      {paid !== null && <PaidNotice paid={paid} />}
    </div>
  );
}

function Quote({ loan }: { readonly loan: LoanView }) {
  const t = useTranslations("loans");
  const money = useMoney();
  const dates = useDates();
  const sentence = useRefusalSentence();
  const queries = useBankQueries()(loan.bank);
  const { data, error } = useQuery(queries.loans.payoffQuote.queryOptions({ number: loan.number }));
  const refusal = refusalOf(error);
  if (refusal !== null) return <Notice tone="negative">{sentence(refusal)}</Notice>;
  if (data === undefined) return <p className="text-muted">{t("reading")}</p>;
  return (
    <Summary
      facts={[
        [t("quoteOn"), dates.day(data.on)],
        [t("debt"), money(data.debtCentavos)],
        [t("accrued"), money(data.accruedCentavos)],
        [
          t("total"),
          <strong key="total" className="text-base font-semibold">
            {money(data.totalCentavos)}
          </strong>,
        ],
      ]}
    />
  );
}
