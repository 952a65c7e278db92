"use client";
import { addMonths, saoPauloDate } from "@pacto/banking";
import { Button } from "@heroui/react/button";
import dynamic from "next/dynamic";
import { useRouter, useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { AskApproval } from "../../banks/ask-approval.tsx";
import { bankClient } from "../../banks/client.tsx";
import { type Draft, useDraft } from "../../banks/draft.ts";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { useSending } from "../../banks/sending.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useAskedAccount } from "../accounts/asked-account.ts";
import { findProblems, type LoanDraft, toLoan, toTerms } from "./loan-draft.ts";
import { LoanFields } from "./loan-fields.tsx";
import { Simulation } from "./simulation.tsx";

// Dialogs are heavy and come later: they load once the page stands.
const LoanConfirmation = dynamic(
  () => import("./loan-confirmation.tsx").then((it) => it.LoanConfirmation),
  { ssr: false },
);

/** Simulates a loan and lends it: the table follows as one types. */
export function NewLoan() {
  const t = useTranslations("newLoan");
  const locale = useLocale();
  const draft = useLoanDraft();
  const { value, change, phase } = draft;
  const [tried, setTried] = useState(false);
  const [isConfirming, setConfirming] = useState(false);
  const terms = toTerms(value, locale);
  const loan = toLoan(value, locale);
  const sending = useLending(draft);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (loan !== null) setConfirming(true);
  }
  if (!draft.ready) return <Skeleton label={t("title")} rows={8} />;
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
        <form onSubmit={submit} noValidate className="panel flex flex-col gap-4 p-5">
          <LoanFields
            value={value}
            change={change}
            problems={tried ? findProblems(value, locale) : new Set()}
            isDisabled={phase !== "editing"}
          />
          <SentNotice
            phase={phase}
            refusal={sending.refusal}
            onAskAgain={sending.send}
            onGiveUp={draft.clear}
          />
          <AskApproval
            bank={value.bank}
            refusal={sending.refusal}
            request={loan === null ? undefined : { kind: "loans.create", payload: loan }}
          />
          <div className="flex gap-2">
            <Button type="submit" isPending={phase === "sending"} isDisabled={phase === "unknown"}>
              {t("review")}
            </Button>
            <Button variant="ghost" onPress={draft.clear} isDisabled={phase !== "editing"}>
              {t("clear")}
            </Button>
          </div>
        </form>
        <Simulation bank={value.bank} terms={terms} />
      </div>
      {isConfirming && terms !== null && (
        <LoanConfirmation
          draft={value}
          terms={terms}
          onClose={() => setConfirming(false)}
          onConfirm={() => {
            setConfirming(false);
            setTried(false);
            sending.send();
          }}
        />
      )}
    </>
  );
}

/** The draft, begun with the account that the page's address names, if it names one. */
function useLoanDraft(): Draft<LoanDraft> {
  const params = useSearchParams();
  const asked = { bank: params.get("bank") ?? "", account: params.get("account") ?? "" };
  const draft = useDraft<LoanDraft>(`new-loan:${asked.bank}:${asked.account}`, {
    bank: asked.bank,
    account: null,
    principal: "",
    rate: "",
    ratePer: "month",
    system: "price",
    installments: "12",
    firstDueOn: addMonths(saoPauloDate(new Date()), 1),
    lateRate: "1",
    penalty: "2",
  });
  const { value, change } = draft;
  const isEmpty = draft.ready && value.account === null && value.bank === asked.bank;
  useAskedAccount(asked.bank, isEmpty ? asked.account : "", (account) => change({ account }));
  return draft;
}

/** Sends the draft and goes on to the loan. */
function useLending(draft: Draft<LoanDraft>) {
  const locale = useLocale();
  const router = useRouter();
  return useSending(draft, {
    bank: draft.value.bank,
    request: (form, idempotencyKey) => {
      const input = toLoan(form, locale);
      if (input === null) throw new Error("a loan was sent before it was whole");
      return bankClient(form.bank).loans.create.mutate({ ...input, idempotencyKey });
    },
    onDone: (output) => router.push(`/loans/${output.loan.bank}/${output.loan.number}?made=1`),
  });
}
