"use client";
import { isAccountNumber } from "@pacto/banking";
import { Button } from "@heroui/react/button";
import type { AccountSigning, OpenAccountInput, OpenedAccountKind, Refusal } from "@pacto/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { AskApproval } from "../../banks/ask-approval.tsx";
import { BankChoice } from "../../banks/bank-choice.tsx";
import { bankClient } from "../../banks/client.tsx";
import { useDraft } from "../../banks/draft.ts";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { Choice } from "../../components/choice.tsx";
import { MoneyField, readAmount } from "../../components/money-field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Segments } from "../../components/segments.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { TextInput } from "../../components/text-input.tsx";
import type { Locale } from "../../i18n/locale.ts";
import { ClientPicker, type PickedClient } from "../clients/client-picker.tsx";
import { useAskedClient } from "../clients/asked-client.ts";

interface NewAccountDraft {
  bank: string;
  kind: OpenedAccountKind;
  first: PickedClient | null;
  second: PickedClient | null;
  deposit: string;
  ceiling: string;
  overdraft: string;
  signing: AccountSigning;
  number: string;
  agency: string;
}

const kinds = ["checking", "savings", "joint", "business"] as const;

/** Opens an account for a client, with cash handed in if there is any. */
export function NewAccount() {
  const t = useTranslations("newAccount");
  const params = useSearchParams();
  const asked = { bank: params.get("bank") ?? "", client: params.get("client") ?? "" };
  const draft = useDraft<NewAccountDraft>(`new-account:${asked.bank}:${asked.client}`, {
    bank: asked.bank,
    kind: "checking",
    first: null,
    second: null,
    deposit: "",
    ceiling: "",
    overdraft: "",
    signing: "either",
    number: "",
    agency: "",
  });
  const { value, change, phase } = draft;
  useAskedClient(asked.bank, draft.ready && value.first === null ? asked.client : "", (client) =>
    change({ first: client, kind: fitting(value.kind, client) }),
  );
  const sending = useOpening(draft);
  const locale = useLocale();
  const [tried, setTried] = useState(false);
  const problems = findProblems(value, locale);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (problems.size === 0) void sending.send();
  }

  if (!draft.ready) return <Skeleton label={t("title")} rows={6} />;
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <form onSubmit={submit} noValidate className="panel flex max-w-xl flex-col gap-4 p-5">
        <HolderFields {...{ value, change, tried, problems }} isDisabled={phase !== "editing"} />
        <MoneyFields {...{ value, change, tried }} isDisabled={phase !== "editing"} />
        <NumberFields {...{ value, change, tried }} isDisabled={phase !== "editing"} />
        <SentNotice
          phase={phase}
          refusal={sending.refusal}
          onAskAgain={() => void sending.send()}
          onGiveUp={draft.clear}
        />
        <AskApproval
          bank={value.bank}
          refusal={sending.refusal}
          request={{ kind: "accounts.open", payload: openingOf(value, locale) }}
        />
        <div className="flex gap-2">
          <Button type="submit" isPending={phase === "sending"} isDisabled={phase === "unknown"}>
            {t("open")}
          </Button>
          <Button variant="ghost" onPress={sending.leave}>
            {t("cancel")}
          </Button>
        </div>
      </form>
    </>
  );
}

interface FieldsProps {
  readonly value: NewAccountDraft;
  readonly change: (next: Partial<NewAccountDraft>) => void;
  readonly isDisabled: boolean;
  readonly tried: boolean;
}

function HolderFields(
  props: FieldsProps & { readonly problems: ReadonlySet<keyof NewAccountDraft> },
) {
  const { value, change, isDisabled, tried, problems } = props;
  const t = useTranslations("newAccount");
  const bank = value.bank === "" ? null : value.bank;
  function told(field: "bank" | "first" | "second"): string | null {
    return tried && problems.has(field) ? t(`problem.${field}`) : null;
  }
  function whyNot(kind: OpenedAccountKind): string | undefined {
    const holder = value.first?.kind;
    if (holder === "company" && kind !== "business") return t("onlyIndividuals");
    return holder === "individual" && kind === "business" ? t("onlyCompanies") : undefined;
  }
  return (
    <>
      <BankChoice
        label={t("bank")}
        value={bank}
        onChange={(id) => change({ bank: id, first: null, second: null })}
        isDisabled={isDisabled}
        isRequired
        problem={told("bank")}
      />
      <ClientPicker
        bank={bank}
        label={t("holder")}
        picked={value.first}
        onPick={(first) => change({ first, kind: fitting(value.kind, first) })}
        problem={told("first")}
        isDisabled={isDisabled}
      />
      <Choice
        label={t("kind")}
        value={value.kind}
        onChange={(id) => change({ kind: kinds.find((kind) => kind === id) ?? "checking" })}
        options={kinds.map((kind) => ({
          id: kind,
          text: t(`kinds.${kind}`),
          unavailable: whyNot(kind),
        }))}
        isDisabled={isDisabled}
      />
      {value.kind === "joint" && (
        <>
          <ClientPicker
            bank={bank}
            label={t("secondHolder")}
            picked={value.second}
            onPick={(second) => change({ second })}
            problem={told("second")}
            isDisabled={isDisabled}
          />
          <Segments
            label={t("signing")}
            value={value.signing}
            onChange={(signing) => change({ signing })}
            options={(["either", "both"] as const).map((id) => ({ id, text: t(`signings.${id}`) }))}
            isDisabled={isDisabled}
          />
        </>
      )}
    </>
  );
}

/** The kind chosen, unless the holder cannot have it. */
function fitting(kind: OpenedAccountKind, holder: PickedClient | null): OpenedAccountKind {
  if (holder?.kind === "company") return "business";
  return holder?.kind === "individual" && kind === "business" ? "checking" : kind;
}

function MoneyFields({ value, change, isDisabled, tried }: FieldsProps) {
  const t = useTranslations("newAccount");
  const shared = { isOptional: true, showProblems: tried, isDisabled };
  return (
    <>
      <MoneyField
        {...shared}
        label={t("deposit")}
        text={value.deposit}
        onText={(deposit) => change({ deposit })}
        hint={t("depositHint")}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <MoneyField
          {...shared}
          label={t("overdraft")}
          text={value.overdraft}
          onText={(overdraft) => change({ overdraft })}
          hint={t("overdraftHint")}
        />
        <MoneyField
          {...shared}
          label={t("ceiling")}
          text={value.ceiling}
          onText={(ceiling) => change({ ceiling })}
          hint={t("ceilingHint")}
        />
      </div>
    </>
  );
}

/** Seldom given, so folded away: the bank gives the next free number of its first agency. */
function NumberFields({ value, change, isDisabled, tried }: FieldsProps) {
  const t = useTranslations("newAccount");
  const isWrong = !isNumberFit(value.number);
  const isAgencyWrong = !isAgencyFit(value.agency);
  return (
    <details open={tried && (isWrong || isAgencyWrong)}>
      <summary className="cursor-pointer text-muted">{t("ownNumber")}</summary>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        <TextInput
          label={t("agency")}
          value={value.agency}
          onChange={(agency) => change({ agency: agency.trim() })}
          hint={t("agencyHint")}
          problem={tried && isAgencyWrong ? t("problem.agency") : null}
          isDisabled={isDisabled}
          maxLength={4}
          input={{ inputMode: "numeric", className: "num" }}
        />
        <TextInput
          label={t("number")}
          value={value.number}
          onChange={(number) => change({ number: number.trim().toUpperCase() })}
          hint={t("numberHint")}
          problem={tried && isWrong ? t("problem.number") : null}
          isDisabled={isDisabled}
          maxLength={14}
          input={{ className: "num" }}
        />
      </div>
    </details>
  );
}

function isNumberFit(number: string): boolean {
  return number === "" || isAccountNumber(number);
}

function isAgencyFit(agency: string): boolean {
  return agency === "" || /^[0-9]{4}$/.test(agency);
}

/** Sends the draft and goes on to the account. */
function useOpening(draft: ReturnType<typeof useDraft<NewAccountDraft>>) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const locale = useLocale();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  async function send() {
    setRefusal(null);
    const sent = await draft.send((form, idempotencyKey) =>
      bankClient(form.bank).accounts.open.mutate({ ...openingOf(form, locale), idempotencyKey }),
    );
    if (sent.kind === "refused") setRefusal(sent.refusal);
    if (sent.kind !== "done") return;
    const { account } = sent.value;
    await queryClient.invalidateQueries({ queryKey: [[account.bank]] });
    router.push(`/accounts/${account.bank}/${account.number}?opened=1`);
  }
  return { send, refusal, leave: () => router.push("/accounts") };
}

/** What the bank is asked to open. */
function openingOf(
  form: NewAccountDraft,
  locale: Locale,
): Omit<OpenAccountInput, "idempotencyKey"> {
  const ceiling = centavos(form.ceiling, locale);
  return {
    kind: form.kind,
    holders: [form.first, form.kind === "joint" ? form.second : null].flatMap((holder) =>
      holder === null ? [] : [holder.id],
    ),
    openingDepositCentavos: centavos(form.deposit, locale),
    ceilingCentavos: ceiling === 0 ? null : ceiling,
    overdraftCentavos: centavos(form.overdraft, locale),
    ...(form.kind === "joint" ? { signing: form.signing } : {}),
    ...(form.number === "" ? {} : { number: form.number }),
    ...(form.agency === "" ? {} : { agency: form.agency }),
  };
}

/** An optional amount: nothing typed is zero. */
function centavos(text: string, locale: Locale): number {
  return Number(readAmount(text, locale, true) ?? 0n);
}

function findProblems(value: NewAccountDraft, locale: Locale): Set<keyof NewAccountDraft> {
  const problems = new Set<keyof NewAccountDraft>();
  if (value.bank === "") problems.add("bank");
  if (value.first === null) problems.add("first");
  if (value.kind === "joint" && (value.second === null || value.second.id === value.first?.id)) {
    problems.add("second");
  }
  for (const field of ["deposit", "ceiling", "overdraft"] as const) {
    if (value[field].trim() === "") continue;
    if (readAmount(value[field], locale, true) === null) problems.add(field);
  }
  if (!isNumberFit(value.number)) problems.add("number");
  if (!isAgencyFit(value.agency)) problems.add("agency");
  return problems;
}
