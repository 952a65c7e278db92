"use client";
import { Button } from "@heroui/react/button";
import type { ApprovalRequest, ConfirmedPix, Refusal, SentPix } from "@pacto/contract";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { AskApproval } from "../../banks/ask-approval.tsx";
import { BankChoice } from "../../banks/bank-choice.tsx";
import { bankClient } from "../../banks/client.tsx";
import { useDraft } from "../../banks/draft.ts";
import { settle } from "../../banks/refusal.ts";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { Choice } from "../../components/choice.tsx";
import { MoneyField } from "../../components/money-field.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { AccountPicker } from "../accounts/account-picker.tsx";
import { useAskedAccount } from "../accounts/asked-account.ts";
import { AccountGlance } from "../cash/account-glance.tsx";
import { AlsoPayers } from "./also-payers.tsx";
import { QrFile } from "./qr-file.tsx";
import {
  amountOf,
  emptyPix,
  otherPayers,
  ownShare,
  type PixDraft,
  targetOf,
} from "./send-draft.ts";
import { SentResult } from "./sent-result.tsx";

const SendConfirmation = dynamic(
  () => import("./send-confirmation.tsx").then((it) => it.SendConfirmation),
  { ssr: false },
);

/** Pays by PIX: whom is confirmed first, and what is sent is sent once. */
export function SendDesk() {
  const t = useTranslations("pix");
  const params = useSearchParams();
  const asked = { bank: params.get("bank") ?? "", account: params.get("account") ?? "" };
  const draft = useDraft<PixDraft>(`pix:${asked.bank}:${asked.account}`, {
    ...emptyPix,
    bank: asked.bank,
  });
  const { change, phase } = draft;
  // A draft that an older page kept has no other payers.
  const value = { ...emptyPix, ...draft.value };
  useAskedAccount(
    asked.bank,
    draft.ready && value.account === null ? asked.account : "",
    (account) => change({ account }),
  );
  const desk = useSending(draft);

  function submit(event: FormEvent) {
    event.preventDefault();
    void desk.review();
  }

  if (!draft.ready) return <Skeleton label={t("sendTitle")} rows={6} />;
  return (
    <>
      <PageHeader title={t("sendTitle")} description={t("sendDescription")} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,34rem)_1fr]">
        <form onSubmit={submit} noValidate className="panel flex flex-col gap-4 p-5">
          <SendFields {...{ value, change }} tried={desk.tried} isDisabled={phase !== "editing"} />
          {desk.isAmountMissing && (
            <Notice tone="negative" announce="now">
              {t("amountMissing")}
            </Notice>
          )}
          <SentNotice
            phase={phase}
            refusal={desk.refusal}
            onAskAgain={() => void desk.send()}
            onGiveUp={draft.clear}
          />
          <AskApproval bank={value.bank} refusal={desk.refusal} request={desk.asked} />
          <div>
            <Button
              type="submit"
              isPending={phase === "sending" || desk.isReviewing}
              isDisabled={phase === "unknown"}
            >
              {t("review")}
            </Button>
          </div>
        </form>
        <div className="flex flex-col gap-3">
          {desk.sent !== null && <SentResult {...desk.sent} onClose={desk.dismiss} />}
          {value.account !== null && value.bank !== "" && (
            <AccountGlance bank={value.bank} number={value.account.number} />
          )}
        </div>
      </div>
      {desk.confirming !== null && (
        <SendConfirmation
          draft={value}
          {...desk.confirming}
          onClose={desk.stepBack}
          onConfirm={() => void desk.send()}
        />
      )}
    </>
  );
}

function SendFields(props: {
  readonly value: PixDraft;
  readonly change: (next: Partial<PixDraft>) => void;
  readonly tried: boolean;
  readonly isDisabled: boolean;
}) {
  const { value, change, tried, isDisabled } = props;
  const t = useTranslations("pix");
  return (
    <>
      <BankChoice
        label={t("bank")}
        value={value.bank === "" ? null : value.bank}
        onChange={(bank) => change({ bank, account: null })}
        isDisabled={isDisabled}
        isRequired
        problem={tried && value.bank === "" ? t("bankMissing") : null}
      />
      <AccountPicker
        label={t("payerAccount")}
        bank={value.bank === "" ? null : value.bank}
        picked={value.account}
        onPick={(account) => change({ account })}
        problem={tried && value.account === null ? t("accountMissing") : null}
        isDisabled={isDisabled}
      />
      <Choice
        label={t("way")}
        value={value.way}
        onChange={(way) => change({ way: way as PixDraft["way"] })}
        isDisabled={isDisabled}
        options={[
          { id: "key", text: t("byKey") },
          { id: "code", text: t("byCode") },
          { id: "account", text: t("byAccount") },
        ]}
      />
      <TargetFields {...props} />
      <MoneyField
        label={t(value.also.length === 0 ? "amount" : "ownAmount")}
        text={value.amount}
        onText={(amount) => change({ amount })}
        isOptional
        hint={value.way === "code" ? t("amountByCode") : undefined}
        isDisabled={isDisabled}
      />
      <AlsoPayers {...props} />
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

function TargetFields(props: {
  readonly value: PixDraft;
  readonly change: (next: Partial<PixDraft>) => void;
  readonly tried: boolean;
  readonly isDisabled: boolean;
}) {
  const { value, change, tried, isDisabled } = props;
  const t = useTranslations("pix");
  const problem = tried && targetOf(value) === null ? t("targetMissing") : null;
  if (value.way === "key") {
    return (
      <TextInput
        label={t("key")}
        hint={t("keyHint")}
        value={value.key}
        onChange={(key) => change({ key })}
        maxLength={100}
        {...{ problem, isDisabled }}
      />
    );
  }
  if (value.way === "code") {
    return (
      <>
        <QrFile label={t("qrImage")} onRead={(code) => change({ code })} isDisabled={isDisabled} />
        <TextInput
          label={t("code")}
          value={value.code}
          onChange={(code) => change({ code })}
          maxLength={1_024}
          {...{ problem, isDisabled }}
        />
      </>
    );
  }
  return (
    <>
      <BankChoice
        label={t("payeeBank")}
        value={value.payeeBank === "" ? null : value.payeeBank}
        onChange={(payeeBank) => change({ payeeBank })}
        isDisabled={isDisabled}
      />
      <TextInput
        label={t("agency")}
        value={value.payeeAgency}
        onChange={(payeeAgency) => change({ payeeAgency })}
        maxLength={4}
        isDisabled={isDisabled}
      />
      <TextInput
        label={t("payeeAccount")}
        value={value.payeeAccount}
        onChange={(payeeAccount) => change({ payeeAccount })}
        maxLength={14}
        {...{ problem, isDisabled }}
      />
    </>
  );
}

interface Confirming {
  readonly confirmed: ConfirmedPix;
  /** Of all payers together. */
  readonly totalCentavos: number;
}

/** Asks the bank whom and what the draft means; then sends exactly what was confirmed. */
function useSending(draft: ReturnType<typeof useDraft<PixDraft>>) {
  const locale = useLocale();
  const queryClient = useQueryClient();
  const [tried, setTried] = useState(false);
  const [isReviewing, setReviewing] = useState(false);
  const [isAmountMissing, setAmountMissing] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [asked, setAsked] = useState<ApprovalRequest>();
  const [confirming, setConfirming] = useState<Confirming | null>(null);
  const [sent, setSent] = useState<{ bank: string; pix: SentPix } | null>(null);
  const value = { ...emptyPix, ...draft.value };

  async function review() {
    setTried(true);
    setRefusal(null);
    setSent(null);
    setAmountMissing(false);
    const target = targetOf(value);
    const others = otherPayers(value, locale);
    if (value.bank === "" || value.account === null || target === null || others === null) return;
    setReviewing(true);
    const fromAccount = value.account.number;
    const answer = await settle(() =>
      bankClient(value.bank).pix.confirm.mutate({ fromAccount, ...target }),
    );
    setReviewing(false);
    if (answer.kind === "refused") setRefusal(answer.refusal);
    if (answer.kind !== "done") return;
    const confirmed = answer.value;
    const sum = others.reduce((total, { amountCentavos }) => total + amountCentavos, 0);
    const share = ownShare(amountOf(value, locale), confirmed, sum);
    if (share === null) return setAmountMissing(true);
    const { bank, account } = confirmed.payee;
    draft.change({ confirmed: { bank, account, ownCentavos: share.ownCentavos } });
    setConfirming({ confirmed, totalCentavos: share.totalCentavos });
  }

  async function send() {
    setConfirming(null);
    const form = draft.value;
    const outcome = await draft.send((content, idempotencyKey) => {
      const { confirmed } = { ...emptyPix, ...content };
      const what = {
        fromAccount: content.account?.number ?? "",
        ...targetOf(content),
        alsoFrom: otherPayers({ ...emptyPix, ...content }, locale) ?? [],
        description: content.note,
      };
      const { send: pay } = bankClient(content.bank).pix;
      if (confirmed === null) return pay.mutate({ idempotencyKey, ...what });
      const { bank, account, ownCentavos: amountCentavos } = confirmed;
      const payload = { ...what, amountCentavos, expected: { bank, account } };
      // A second person allows a payment of that much to that account and no other.
      setAsked({ kind: "pix.send", payload });
      return pay.mutate({ idempotencyKey, ...payload });
    });
    if (outcome.kind === "refused") setRefusal(outcome.refusal);
    if (outcome.kind !== "done") return;
    setTried(false);
    setSent({ bank: form.bank, pix: outcome.value.pix });
    await queryClient.invalidateQueries({ queryKey: [[form.bank]] });
  }

  return {
    ...{ tried, isReviewing, isAmountMissing, refusal, asked, confirming, sent, review, send },
    stepBack: () => setConfirming(null),
    dismiss: () => setSent(null),
  };
}
