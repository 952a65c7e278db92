"use client";
import type { LoanPaymentOutput, LoanView } from "@pacto/contract";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ActionDialog, type ActionForm } from "../../banks/action-dialog.tsx";
import { bankClient } from "../../banks/client.tsx";
import { MoneyField, readAmount } from "../../components/money-field.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { useMoney } from "../../i18n/money.ts";
import { AmountFills } from "./amount-fills.tsx";
import { PaidNotice } from "./paid-notice.tsx";

const empty = { drawer: "", checkNumber: "", amount: "" };
type CheckDraft = typeof empty;

const CHECK_NUMBER = /^[0-9]{1,12}$/;
const DRAWER_MIN = 2;

/** A check pays the loan directly: who drew it and its number make it one of a kind. */
export function PayByCheck(props: { readonly loan: LoanView; readonly next: number | null }) {
  const { loan, next } = props;
  const t = useTranslations("loans");
  const locale = useLocale();
  const [paid, setPaid] = useState<LoanPaymentOutput | null>(null);
  const isComplete = ({ drawer, checkNumber, amount }: CheckDraft) =>
    drawer.trim().length >= DRAWER_MIN &&
    CHECK_NUMBER.test(checkNumber) &&
    readAmount(amount, locale) !== null;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <ActionDialog<CheckDraft, LoanPaymentOutput>
        name={`loan-check:${loan.bank}:${loan.number}`}
        bank={loan.bank}
        initial={empty}
        size="md"
        label={t("payByCheck")}
        title={t("payByCheck")}
        confirmText={t("pay")}
        isComplete={isComplete}
        request={({ drawer, checkNumber, amount }, idempotencyKey) =>
          bankClient(loan.bank).loans.payByCheck.mutate({
            idempotencyKey,
            number: loan.number,
            drawer,
            checkNumber,
            amountCentavos: Number(readAmount(amount, locale) ?? 0n),
          })
        }
        onDone={setPaid}
      >
        {(form) => <CheckFields loan={loan} next={next} form={form} />}
      </ActionDialog>
      {paid !== null && <PaidNotice paid={paid} />}
    </div>
  );
}

function CheckFields(props: {
  readonly loan: LoanView;
  readonly next: number | null;
  readonly form: ActionForm<CheckDraft>;
}) {
  const { loan, next } = props;
  const { value, change, tried } = props.form;
  const t = useTranslations("loans");
  const money = useMoney();
  return (
    <div className="flex flex-col gap-4">
      <TextInput
        label={t("drawer")}
        value={value.drawer}
        onChange={(drawer) => change({ drawer })}
        hint={t("drawerHint")}
        problem={tried && value.drawer.trim().length < DRAWER_MIN ? t("drawerMissing") : null}
        isRequired
        maxLength={120}
      />
      <TextInput
        label={t("checkNumber")}
        value={value.checkNumber}
        onChange={(checkNumber) => change({ checkNumber: checkNumber.trim() })}
        problem={tried && !CHECK_NUMBER.test(value.checkNumber) ? t("checkNumberMissing") : null}
        isRequired
        maxLength={12}
        input={{ inputMode: "numeric", className: "num" }}
      />
      <MoneyField
        label={t("amount")}
        text={value.amount}
        onText={(amount) => change({ amount })}
        hint={t("atMost", { amount: money(loan.debtCentavos) })}
        showProblems={tried}
        isRequired
      />
      <AmountFills loan={loan} next={next} onUse={(amount) => change({ amount })} />
    </div>
  );
}
