"use client";
import { Button } from "@heroui/react/button";
import type { Refusal } from "@pacto/contract";
import { useRouter, useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { BankChoice } from "../../banks/bank-choice.tsx";
import { bankClient } from "../../banks/client.tsx";
import { useDraft } from "../../banks/draft.ts";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { Choice } from "../../components/choice.tsx";
import { MoneyField, readAmount } from "../../components/money-field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { TextInput } from "../../components/text-input.tsx";
import type { Locale } from "../../i18n/locale.ts";

interface ChargeDraft {
  readonly bank: string;
  readonly key: string;
  readonly kind: "immediate" | "due";
  readonly amount: string;
  readonly hours: string;
  readonly dueOn: string;
  readonly finePercent: string;
  readonly interestPercent: string;
  readonly request: string;
}

const empty: ChargeDraft = {
  bank: "",
  key: "",
  kind: "immediate",
  amount: "",
  hours: "24",
  dueOn: "",
  finePercent: "",
  interestPercent: "",
  request: "",
};

/** Makes a charge: what is asked of the payer at once, or until a date. */
export function NewCharge() {
  const t = useTranslations("pix");
  const params = useSearchParams();
  const router = useRouter();
  const locale = useLocale();
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const draft = useDraft<ChargeDraft>("pix-charge", {
    ...empty,
    bank: params.get("bank") ?? "",
    key: params.get("key") ?? "",
  });
  const { value, change, phase } = draft;

  async function send() {
    setRefusal(null);
    const { bank } = value;
    const sent = await draft.send((content, idempotencyKey) =>
      bankClient(bank).pix.charges.create.mutate({
        idempotencyKey,
        key: content.key.trim(),
        terms: termsOf(content, locale),
      }),
    );
    if (sent.kind === "refused") setRefusal(sent.refusal);
    if (sent.kind === "done") router.push(`/pix/charges/${bank}/${sent.value.charge.txid}`);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (isComplete(value, locale)) void send();
  }

  if (!draft.ready) return <Skeleton label={t("newCharge")} rows={6} />;
  return (
    <>
      <PageHeader title={t("newCharge")} description={t("newChargeDescription")} />
      <form onSubmit={submit} noValidate className="panel flex max-w-136 flex-col gap-4 p-5">
        <ChargeFields
          value={value}
          change={change}
          tried={tried}
          isDisabled={phase !== "editing"}
        />
        <SentNotice
          phase={phase}
          refusal={refusal}
          onAskAgain={() => void send()}
          onGiveUp={draft.clear}
        />
        <div>
          <Button type="submit" isPending={phase === "sending"} isDisabled={phase === "unknown"}>
            {t("makeCharge")}
          </Button>
        </div>
      </form>
    </>
  );
}

function ChargeFields(props: {
  readonly value: ChargeDraft;
  readonly change: (next: Partial<ChargeDraft>) => void;
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
        onChange={(bank) => change({ bank })}
        isDisabled={isDisabled}
        isRequired
        problem={tried && value.bank === "" ? t("bankMissing") : null}
      />
      <TextInput
        label={t("receiverKey")}
        hint={t("receiverKeyHint")}
        value={value.key}
        onChange={(key) => change({ key })}
        maxLength={100}
        isDisabled={isDisabled}
        problem={tried && value.key.trim() === "" ? t("targetMissing") : null}
      />
      <Choice
        label={t("kind")}
        value={value.kind}
        onChange={(kind) => change({ kind: kind as ChargeDraft["kind"] })}
        isDisabled={isDisabled}
        options={[
          { id: "immediate", text: t("immediate") },
          { id: "due", text: t("withDue") },
        ]}
      />
      <MoneyField
        label={t("amount")}
        text={value.amount}
        onText={(amount) => change({ amount })}
        showProblems={tried}
        isRequired
        isDisabled={isDisabled}
      />
      {value.kind === "immediate" ? (
        <TextInput
          label={t("hours")}
          value={value.hours}
          onChange={(hours) => change({ hours })}
          maxLength={5}
          isDisabled={isDisabled}
          input={{ inputMode: "numeric" }}
          problem={tried && hoursOf(value) === null ? t("hoursMissing") : null}
        />
      ) : (
        <DueFields {...props} />
      )}
      <TextInput
        label={t("request")}
        value={value.request}
        onChange={(request) => change({ request })}
        maxLength={140}
        isDisabled={isDisabled}
      />
    </>
  );
}

function DueFields(props: {
  readonly value: ChargeDraft;
  readonly change: (next: Partial<ChargeDraft>) => void;
  readonly tried: boolean;
  readonly isDisabled: boolean;
}) {
  const { value, change, tried, isDisabled } = props;
  const t = useTranslations("pix");
  return (
    <>
      <TextInput
        label={t("dueOn")}
        value={value.dueOn}
        onChange={(dueOn) => change({ dueOn })}
        isDisabled={isDisabled}
        input={{ type: "date" }}
        problem={tried && value.dueOn === "" ? t("dueMissing") : null}
      />
      <PercentField
        label={t("finePercent")}
        value={value.finePercent}
        onChange={(finePercent) => change({ finePercent })}
        isDisabled={isDisabled}
        problem={tried && percentOf(value.finePercent) === undefined ? t("percentWrong") : null}
      />
      <PercentField
        label={t("interestPercent")}
        value={value.interestPercent}
        onChange={(interestPercent) => change({ interestPercent })}
        isDisabled={isDisabled}
        problem={tried && percentOf(value.interestPercent) === undefined ? t("percentWrong") : null}
      />
    </>
  );
}

function PercentField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isDisabled: boolean;
  readonly problem: string | null;
}) {
  return <TextInput {...props} maxLength={6} input={{ inputMode: "decimal" }} />;
}

/** Hundredths of a percent; null when left empty, undefined when it is no percentage. */
function percentOf(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const shape = /^(\d{1,2})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  if (shape === null) return undefined;
  const hundredths = Number(`${shape[1]}${(shape[2] ?? "").padEnd(2, "0")}`);
  return hundredths === 0 ? null : hundredths;
}

function hoursOf({ hours }: ChargeDraft): number | null {
  const count = Number(hours);
  return /^\d{1,5}$/.test(hours.trim()) && count > 0 ? count : null;
}

function isComplete(draft: ChargeDraft, locale: Locale): boolean {
  const isTimed =
    draft.kind === "immediate"
      ? hoursOf(draft) !== null
      : draft.dueOn !== "" &&
        percentOf(draft.finePercent) !== undefined &&
        percentOf(draft.interestPercent) !== undefined;
  const hasAmount = readAmount(draft.amount, locale) !== null;
  return draft.bank !== "" && draft.key.trim() !== "" && hasAmount && isTimed;
}

function termsOf(draft: ChargeDraft, locale: Locale) {
  const amountCentavos = Number(readAmount(draft.amount, locale) ?? 0n);
  const { request } = draft;
  if (draft.kind === "immediate") {
    const expiresInS = (hoursOf(draft) ?? 24) * 3_600;
    return { kind: "immediate" as const, amountCentavos, request, expiresInS };
  }
  const [fine, interest] = [percentOf(draft.finePercent), percentOf(draft.interestPercent)];
  return {
    kind: "due" as const,
    amountCentavos,
    request,
    dueOn: draft.dueOn,
    ...(fine ? { fine: { modality: 2 as const, value: fine } } : {}),
    ...(interest ? { interest: { modality: 3 as const, value: interest } } : {}),
  };
}
