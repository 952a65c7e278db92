"use client";
import { Button } from "@heroui/react/button";
import type { Refusal } from "@pacto/contract";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { bankClient } from "../../banks/client.tsx";
import type { BankMember } from "../../banks/member.ts";
import { settle, type Sent } from "../../banks/refusal.ts";
import { Choice } from "../../components/choice.tsx";
import { Notice } from "../../components/notice.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import type { ForceRequest } from "./in-doubt.ts";
import { saveEvidence } from "./save-evidence.ts";

// Dialogs are heavy and come later: they load once the page stands.
const ConfirmDialog = dynamic(
  () => import("../../components/confirm-dialog.tsx").then((it) => it.ConfirmDialog),
  { ssr: false },
);

type Outcome = "commit" | "abort";
const REASON_MIN = 10;
const REASON_MAX = 500;

/**
 * The last resort (R32): one person asks to force the branch, with a reason; another agrees. The
 * bank refuses while the outcome can still be had.
 */
export function ForceBranch(props: {
  readonly bank: BankMember;
  readonly transaction: string;
  readonly request: ForceRequest | null;
}) {
  const { bank, transaction, request } = props;
  const t = useTranslations("inDoubt.force");
  const acting = useActing();
  const evidence = () => acting.run(() => saveEvidence(bank.id, transaction), t("evidenceSaved"));
  return (
    <details className="basis-full" open={request !== null}>
      <summary className="w-fit cursor-pointer text-muted">{t("title")}</summary>
      <div className="mt-2 flex max-w-xl flex-col gap-3">
        <Notice tone="caution">{t("warning", { bank: bank.name })}</Notice>
        {request === null ? (
          <AskToForce bank={bank} transaction={transaction} acting={acting} />
        ) : (
          <AnswerRequest bank={bank} request={request} acting={acting} />
        )}
        <Button size="sm" variant="ghost" className="w-fit" onPress={() => void evidence()}>
          {t("evidence")}
        </Button>
        <Outcome acting={acting} />
      </div>
    </details>
  );
}

interface Acting {
  readonly isBusy: boolean;
  readonly refusal: Refusal | null;
  readonly isUnknown: boolean;
  readonly said: string | null;
  run(act: () => Promise<unknown>, done: string): Promise<void>;
}

function useActing(): Acting {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [sent, setSent] = useState<Sent<string> | null>(null);
  return {
    isBusy,
    refusal: sent?.kind === "refused" ? sent.refusal : null,
    isUnknown: sent?.kind === "unknown",
    said: sent?.kind === "done" ? sent.value : null,
    async run(act, done) {
      setBusy(true);
      setSent(await settle(() => act().then(() => done)));
      setBusy(false);
      await queries.invalidateQueries();
    },
  };
}

function Outcome({ acting }: { readonly acting: Acting }) {
  const t = useTranslations("inDoubt.force");
  const sentence = useRefusalSentence();
  if (acting.refusal !== null) {
    return (
      <Notice tone="negative" announce="now">
        {sentence(acting.refusal)}
      </Notice>
    );
  }
  if (acting.isUnknown) return <Notice tone="caution" announce="now" title={t("unknown")} />;
  if (acting.said === null) return null;
  return <Notice tone="positive" announce="soon" title={acting.said} />;
}

function AskToForce(props: {
  readonly bank: BankMember;
  readonly transaction: string;
  readonly acting: Acting;
}) {
  const { bank, transaction, acting } = props;
  const t = useTranslations("inDoubt.force");
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [reason, setReason] = useState("");
  const isComplete = outcome !== null && reason.trim().length >= REASON_MIN;
  const ask = () =>
    acting.run(async () => {
      if (outcome === null) return;
      const input = { transactionId: transaction, outcome, reason: reason.trim() };
      await bankClient(bank.id).operations.requestHeuristic.mutate(input);
    }, t("asked"));
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete && !acting.isBusy) void ask();
      }}
    >
      <Choice
        label={t("outcome")}
        options={[
          { id: "abort", text: t("abort") },
          { id: "commit", text: t("commit") },
        ]}
        value={outcome}
        onChange={(id) => setOutcome(id === "commit" ? "commit" : "abort")}
        placeholder={t("chooseOutcome")}
      />
      <TextInput
        label={t("reason")}
        hint={t("reasonHint")}
        value={reason}
        maxLength={REASON_MAX}
        onChange={setReason}
      />
      <Button
        type="submit"
        variant="outline"
        className="w-fit"
        isDisabled={!isComplete}
        isPending={acting.isBusy}
      >
        {t("ask")}
      </Button>
    </form>
  );
}

function AnswerRequest(props: {
  readonly bank: BankMember;
  readonly request: ForceRequest;
  readonly acting: Acting;
}) {
  const { bank, request, acting } = props;
  const t = useTranslations("inDoubt.force");
  const [isAsked, setAsked] = useState(false);
  const outcome = t(request.outcome);
  const answer = (approve: boolean) => {
    setAsked(false);
    const input = { id: request.id, approve };
    const done = approve ? t("forced", { bank: bank.name }) : t("declined");
    void acting.run(() => bankClient(bank.id).operations.decideHeuristic.mutate(input), done);
  };
  return (
    <>
      <p>{t("requested", { person: request.requestedBy, outcome })}</p>
      <blockquote className="border-l-2 border-border pl-3 text-muted">{request.reason}</blockquote>
      <div className="flex gap-2">
        <Button size="sm" variant="danger" isPending={acting.isBusy} onPress={() => setAsked(true)}>
          {t("approve")}
        </Button>
        <Button size="sm" variant="ghost" onPress={() => answer(false)}>
          {t("decline")}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsked}
        title={t("confirmTitle")}
        confirmText={t("confirm", { outcome })}
        cancelText={t("back")}
        onClose={() => setAsked(false)}
        onConfirm={() => answer(true)}
      >
        {t("warning", { bank: bank.name })}
      </ConfirmDialog>
    </>
  );
}
