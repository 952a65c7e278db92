"use client";
import { Button } from "@heroui/react/button";
import type { LoanView, TransferView } from "@pacto/contract";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { ActionDialog, type ActionForm } from "../../banks/action-dialog.tsx";
import { BankChoice } from "../../banks/bank-choice.tsx";
import { bankClient } from "../../banks/client.tsx";
import { Icon } from "../../components/icon.tsx";
import { MoneyField, readAmount } from "../../components/money-field.tsx";
import { useMoney } from "../../i18n/money.ts";
import type { Locale } from "../../i18n/locale.ts";
import { AccountPicker, type PickedAccount } from "../accounts/account-picker.tsx";
import { AmountFills } from "./amount-fills.tsx";

interface Payer {
  readonly id: string;
  readonly bank: string;
  readonly account: PickedAccount | null;
  readonly amount: string;
}

interface TransferDraft {
  readonly payers: readonly Payer[];
}

const PAYERS_MAX = 16;

/** Accounts of any banks pay the loan together, all or nothing, and never more than is owed. */
export function PayByTransfer(props: { readonly loan: LoanView; readonly next: number | null }) {
  const { loan, next } = props;
  const t = useTranslations("loans");
  const locale = useLocale();
  const router = useRouter();
  return (
    <ActionDialog<TransferDraft, { readonly transfer: TransferView }>
      name={`loan-transfer:${loan.bank}:${loan.number}`}
      bank={loan.bank}
      initial={{ payers: [{ id: "1", bank: loan.bank, account: null, amount: "" }] }}
      size="md"
      variant="primary"
      label={t("payByTransfer")}
      title={t("payByTransfer")}
      confirmText={t("pay")}
      isComplete={({ payers }) =>
        payers.every((payer) => isWhole(payer, locale)) &&
        sumOf(payers, locale) <= loan.debtCentavos
      }
      request={({ payers }, idempotencyKey) =>
        bankClient(loan.bank).loans.payByTransfer.mutate({
          idempotencyKey,
          number: loan.number,
          from: sidesOf(payers, locale),
          waitMs: 0,
        })
      }
      approval={({ payers }) => ({
        kind: "loans.payByTransfer",
        payload: { number: loan.number, from: sidesOf(payers, locale) },
      })}
      onDone={({ transfer }) => router.push(`/transfers/${loan.bank}/${transfer.id}`)}
    >
      {(form) => <PayerList loan={loan} next={next} form={form} />}
    </ActionDialog>
  );
}

function isWhole({ account, amount }: Payer, locale: Locale): boolean {
  return account !== null && readAmount(amount, locale) !== null;
}

function sumOf(payers: readonly Payer[], locale: Locale): number {
  return payers.reduce((sum, { amount }) => sum + Number(readAmount(amount, locale) ?? 0n), 0);
}

function sidesOf(payers: readonly Payer[], locale: Locale) {
  return payers.map(({ bank, account, amount }) => ({
    bank,
    account: account?.number ?? "",
    amountCentavos: Number(readAmount(amount, locale) ?? 0n),
  }));
}

function PayerList(props: {
  readonly loan: LoanView;
  readonly next: number | null;
  readonly form: ActionForm<TransferDraft>;
}) {
  const { loan, next, form } = props;
  const { payers } = form.value;
  const t = useTranslations("loans");
  const locale = useLocale();
  const money = useMoney();
  const total = sumOf(payers, locale);
  const isOver = total > loan.debtCentavos;
  function set(id: string, change: Partial<Payer>) {
    form.change({ payers: payers.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  }
  function add() {
    const id = String(Math.max(...payers.map((one) => Number(one.id))) + 1);
    form.change({ payers: [...payers, { id, bank: "", account: null, amount: "" }] });
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{t("transferNote")}</p>
      {payers.map((payer, at) => (
        <PayerFields
          key={payer.id}
          payer={payer}
          number={at + 1}
          tried={form.tried}
          onChange={(change) => set(payer.id, change)}
          onRemove={
            payers.length === 1
              ? undefined
              : () => form.change({ payers: payers.filter(({ id }) => id !== payer.id) })
          }
        />
      ))}
      {payers.length === 1 && (
        <AmountFills
          loan={loan}
          next={next}
          onUse={(amount) => set(payers[0]?.id ?? "", { amount })}
        />
      )}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Button size="sm" variant="outline" isDisabled={payers.length >= PAYERS_MAX} onPress={add}>
          <Icon name="plus" />
          {t("addPaying")}
        </Button>
        <p className="num">
          {t("payingTotal")}: <strong className="font-semibold">{money(total)}</strong>
        </p>
      </div>
      <p role="status" className={`num text-xs ${isOver ? "text-negative" : "text-muted"}`}>
        {t(isOver ? "payingOver" : "atMost", { amount: money(loan.debtCentavos) })}
      </p>
    </div>
  );
}

function PayerFields(props: {
  readonly payer: Payer;
  readonly number: number;
  readonly tried: boolean;
  readonly onChange: (change: Partial<Payer>) => void;
  readonly onRemove: (() => void) | undefined;
}) {
  const { payer, number, tried, onChange, onRemove } = props;
  const t = useTranslations("loans");
  return (
    <fieldset className="grid gap-3 border-t border-border pt-3 sm:grid-cols-2">
      <legend className="sr-only">{t("payingAccount", { n: number })}</legend>
      <BankChoice
        label={t("payingBank")}
        value={payer.bank === "" ? null : payer.bank}
        onChange={(bank) => onChange({ bank, account: null })}
        isRequired
        problem={tried && payer.bank === "" ? t("payingMissing") : null}
      />
      <MoneyField
        label={t("amount")}
        text={payer.amount}
        onText={(amount) => onChange({ amount })}
        showProblems={tried}
        isRequired
      />
      <div className="flex items-end gap-2 sm:col-span-2">
        <div className="min-w-0 flex-1">
          <AccountPicker
            label={t("payingAccountLabel")}
            bank={payer.bank === "" ? null : payer.bank}
            picked={payer.account}
            onPick={(account) => onChange({ account })}
            problem={tried && payer.account === null ? t("payingMissing") : null}
          />
        </div>
        {onRemove !== undefined && (
          <Button
            isIconOnly
            size="sm"
            variant="ghost"
            aria-label={t("removePaying", { n: number })}
            onPress={onRemove}
          >
            <Icon name="close" />
          </Button>
        )}
      </div>
    </fieldset>
  );
}
