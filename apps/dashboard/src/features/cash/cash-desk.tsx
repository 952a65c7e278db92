"use client";
import { Button } from "@heroui/react/button";
import type { CashOutput, DebitRequest, Refusal } from "@pacto/contract";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { AskApproval } from "../../banks/ask-approval.tsx";
import { BankChoice } from "../../banks/bank-choice.tsx";
import { bankClient } from "../../banks/client.tsx";
import { type Draft, useDraft } from "../../banks/draft.ts";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { MoneyField, readAmount } from "../../components/money-field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { AccountPicker } from "../accounts/account-picker.tsx";
import { AccountGlance } from "./account-glance.tsx";
import { type CashDraft, emptyCash, isComplete } from "./cash-draft.ts";
import { CashResult } from "./cash-result.tsx";
import { ActChoice } from "./act-choice.tsx";
import { useAskedAccount } from "../accounts/asked-account.ts";

// Seldom needed: a few joint accounts only.
const SecondSignature = dynamic(
  () => import("../signatures/second-signature.tsx").then((it) => it.SecondSignature),
  { ssr: false },
);
// Dialogs are heavy and come later: they load once the page stands.
const CashConfirmation = dynamic(
  () => import("./cash-confirmation.tsx").then((it) => it.CashConfirmation),
  {
    ssr: false,
  },
);

/** Cash over the counter: in or out of one account, confirmed once, never done twice. */
export function CashDesk() {
  const t = useTranslations("cash");
  const locale = useLocale();
  const params = useSearchParams();
  const asked = { bank: params.get("bank") ?? "", account: params.get("account") ?? "" };
  const draft = useDraft<CashDraft>(`cash:${asked.bank}:${asked.account}`, {
    ...emptyCash,
    bank: asked.bank,
  });
  const { value, change, phase } = draft;
  useAskedAccount(
    asked.bank,
    draft.ready && value.account === null ? asked.account : "",
    (account) => change({ account }),
  );
  const cash = useCash(draft);
  const [tried, setTried] = useState(false);
  const [isConfirming, setConfirming] = useState(false);
  const amount = readAmount(value.amount, locale);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (isComplete(value, locale)) setConfirming(true);
  }

  if (!draft.ready) return <Skeleton label={t("title")} rows={5} />;
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,34rem)_1fr]">
        <form onSubmit={submit} noValidate className="panel flex flex-col gap-4 p-5">
          <CashFields
            value={value}
            change={change}
            tried={tried}
            isDisabled={phase !== "editing"}
          />
          <CashNotices draft={draft} cash={cash} amount={amount} />
          <div>
            <Button type="submit" isPending={phase === "sending"} isDisabled={phase === "unknown"}>
              {t(value.act === "deposit" ? "toDeposit" : "toWithdraw")}
            </Button>
          </div>
        </form>
        <div className="flex flex-col gap-3">
          {cash.result !== null && <CashResult {...cash.result} onClose={cash.dismiss} />}
          {value.account !== null && value.bank !== "" && (
            <AccountGlance bank={value.bank} number={value.account.number} />
          )}
        </div>
      </div>
      {isConfirming && amount !== null && (
        <CashConfirmation
          isOpen
          draft={value}
          amount={amount}
          onClose={() => setConfirming(false)}
          onConfirm={() => {
            setConfirming(false);
            setTried(false);
            void cash.send();
          }}
        />
      )}
    </>
  );
}

/** What became of it, and what may be done where it was refused. */
function CashNotices(props: {
  readonly draft: Draft<CashDraft>;
  readonly cash: ReturnType<typeof useCash>;
  readonly amount: bigint | null;
}) {
  const { draft, cash } = props;
  const asked = withdrawalOf(draft.value, props.amount);
  return (
    <>
      <SentNotice
        phase={draft.phase}
        refusal={cash.refusal}
        onAskAgain={() => void cash.send()}
        onGiveUp={draft.clear}
      />
      <SecondSignature refusal={cash.refusal} request={asked} onAsked={draft.clear} />
      {asked?.kind === "withdrawal" && (
        <AskApproval
          bank={draft.value.bank}
          refusal={cash.refusal}
          request={{ kind: "cash.withdraw", payload: asked.cash }}
        />
      )}
    </>
  );
}

/** What the second holder would sign. */
function withdrawalOf(value: CashDraft, amount: bigint | null): DebitRequest | null {
  if (value.account === null || amount === null) return null;
  const { number } = value.account;
  const cash = { number, amountCentavos: Number(amount), description: value.note };
  return { kind: "withdrawal", cash };
}

function CashFields(props: {
  readonly value: CashDraft;
  readonly change: (next: Partial<CashDraft>) => void;
  readonly isDisabled: boolean;
  readonly tried: boolean;
}) {
  const { value, change, isDisabled, tried } = props;
  const t = useTranslations("cash");
  return (
    <>
      <ActChoice value={value.act} onChange={(act) => change({ act })} isDisabled={isDisabled} />
      <BankChoice
        label={t("bank")}
        value={value.bank === "" ? null : value.bank}
        onChange={(bank) => change({ bank, account: null })}
        isDisabled={isDisabled}
        isRequired
        problem={tried && value.bank === "" ? t("bankMissing") : null}
      />
      <AccountPicker
        label={t("account")}
        bank={value.bank === "" ? null : value.bank}
        picked={value.account}
        onPick={(account) => change({ account })}
        problem={tried && value.account === null ? t("accountMissing") : null}
        isDisabled={isDisabled}
      />
      <MoneyField
        label={t("amount")}
        text={value.amount}
        onText={(text) => change({ amount: text })}
        showProblems={tried}
        isRequired
        isDisabled={isDisabled}
      />
      <TextInput
        label={t("note")}
        value={value.note}
        onChange={(note) => change({ note })}
        maxLength={140}
        isDisabled={isDisabled}
      />
    </>
  );
}

interface Result {
  readonly draft: CashDraft;
  readonly output: CashOutput;
}

function useCash(draft: ReturnType<typeof useDraft<CashDraft>>) {
  const locale = useLocale();
  const queryClient = useQueryClient();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [result, setResult] = useState<Result | null>(null);
  async function send() {
    setRefusal(null);
    setResult(null);
    const form = draft.value;
    const sent = await draft.send((value, key) =>
      bankClient(value.bank).cash[value.act].mutate({
        idempotencyKey: key,
        number: value.account?.number ?? "",
        amountCentavos: Number(readAmount(value.amount, locale) ?? 0n),
        description: value.note,
      }),
    );
    if (sent.kind === "refused") setRefusal(sent.refusal);
    if (sent.kind !== "done") return;
    setResult({ draft: form, output: sent.value });
    await queryClient.invalidateQueries({ queryKey: [[form.bank]] });
  }
  return { send, refusal, result, dismiss: () => setResult(null) };
}
