"use client";
import { Button } from "@heroui/react/button";
import type { Refusal } from "@pacto/contract";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { BankChoice } from "../../banks/bank-choice.tsx";
import { type BankClient, bankClient } from "../../banks/client.tsx";
import { useDraft } from "../../banks/draft.ts";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { Notice } from "../../components/notice.tsx";
import { AccountPicker, type PickedAccount } from "../accounts/account-picker.tsx";
import { FieldInput } from "./field-input.tsx";
import { type Field, missingFields, type Texts } from "./fields.ts";

const ConfirmDialog = dynamic(
  () => import("../../components/confirm-dialog.tsx").then((it) => it.ConfirmDialog),
  { ssr: false },
);

interface FormDraft {
  bank: string;
  account: PickedAccount | null;
  texts: Texts;
}

export interface Filled {
  readonly account: string;
  readonly texts: Texts;
  readonly idempotencyKey: string;
}

/** A new agreement of one account: filled in, read over, confirmed and sent once. */
export function AgreementForm(props: {
  /** The draft's name. */
  readonly name: string;
  readonly title: string;
  readonly accountLabel: string;
  readonly fields: readonly Field[];
  readonly doneText: string;
  readonly run: (client: BankClient, filled: Filled) => Promise<unknown>;
}) {
  const { name, title, fields } = props;
  const t = useTranslations("agreements");
  const locale = useLocale();
  const draft = useDraft<FormDraft>(name, { bank: "", account: null, texts: {} });
  const { value, change, phase } = draft;
  const sending = useFormSending(draft, props.run);
  const [tried, setTried] = useState(false);
  const [isReading, setReading] = useState(false);
  const missing = missingFields(fields, value.texts, locale);
  const isDisabled = phase !== "editing";

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (missing.size === 0 && value.bank !== "" && value.account !== null) setReading(true);
  }

  if (!draft.ready) return null;
  return (
    <form
      onSubmit={submit}
      noValidate
      aria-label={title}
      data-screen-only
      className="panel mb-4 flex max-w-xl flex-col gap-4 p-5"
    >
      <h2 className="font-semibold">{title}</h2>
      <FormFields
        {...{ value, change, fields, tried, isDisabled }}
        accountLabel={props.accountLabel}
        missing={missing}
      />
      <SentNotice
        phase={phase}
        refusal={sending.refusal}
        onAskAgain={() => void sending.send()}
        onGiveUp={draft.clear}
      />
      {sending.isDone && <Notice tone="positive" announce="soon" title={props.doneText} />}
      <div>
        <Button type="submit" isPending={phase === "sending"} isDisabled={phase === "unknown"}>
          {t("review")}
        </Button>
      </div>
      {isReading && (
        <ConfirmDialog
          isOpen
          title={title}
          confirmText={t("confirm")}
          cancelText={t("back")}
          onClose={() => setReading(false)}
          onConfirm={() => {
            setReading(false);
            setTried(false);
            void sending.send();
          }}
        >
          <ReadOver accountLabel={props.accountLabel} fields={fields} value={value} />
        </ConfirmDialog>
      )}
    </form>
  );
}

function FormFields(props: {
  readonly value: FormDraft;
  readonly change: (next: Partial<FormDraft>) => void;
  readonly fields: readonly Field[];
  readonly accountLabel: string;
  readonly missing: ReadonlySet<string>;
  readonly tried: boolean;
  readonly isDisabled: boolean;
}) {
  const { value, change, tried, isDisabled } = props;
  const t = useTranslations("agreements");
  const told = (isMissing: boolean) => (tried && isMissing ? t("missing") : null);
  return (
    <>
      <BankChoice
        label={t("bank")}
        value={value.bank === "" ? null : value.bank}
        onChange={(bank) => change({ bank, account: null })}
        isRequired
        isDisabled={isDisabled}
        problem={told(value.bank === "")}
      />
      <AccountPicker
        bank={value.bank === "" ? null : value.bank}
        label={props.accountLabel}
        picked={value.account}
        onPick={(account) => change({ account })}
        isDisabled={isDisabled}
        problem={told(value.account === null)}
      />
      {props.fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          text={value.texts[field.name] ?? ""}
          onText={(text) => change({ texts: { ...value.texts, [field.name]: text } })}
          isMissing={tried && props.missing.has(field.name)}
          isDisabled={isDisabled}
        />
      ))}
    </>
  );
}

function ReadOver(props: {
  readonly accountLabel: string;
  readonly fields: readonly Field[];
  readonly value: FormDraft;
}) {
  const { account, texts } = props.value;
  const shown = props.fields.flatMap(({ name, label, options }) => {
    const text = texts[name] ?? "";
    const option = options?.find(({ id }) => id === text);
    return text === "" ? [] : [{ label, text: option?.text ?? text }];
  });
  const whose = account === null ? "" : `${account.holder} · ${account.number}`;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
      {[{ label: props.accountLabel, text: whose }, ...shown].map(({ label, text }) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="break-words">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Sends the draft; what was done is said until the next change. */
function useFormSending(
  draft: ReturnType<typeof useDraft<FormDraft>>,
  run: (client: BankClient, filled: Filled) => Promise<unknown>,
) {
  const queryClient = useQueryClient();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isDone, setDone] = useState(false);
  async function send() {
    setRefusal(null);
    setDone(false);
    const sent = await draft.send(
      ({ bank, account, texts }, idempotencyKey) =>
        run(bankClient(bank), { account: account?.number ?? "", texts, idempotencyKey }),
      draft.value.bank,
    );
    if (sent.kind === "refused") setRefusal(sent.refusal);
    if (sent.kind !== "done") return;
    setDone(true);
    await queryClient.invalidateQueries();
  }
  return { send, refusal, isDone };
}
