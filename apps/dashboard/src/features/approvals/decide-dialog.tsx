"use client";
import type { ApprovalView, Refusal } from "@pacto/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { bankClient } from "../../banks/client.tsx";
import { useDraft } from "../../banks/draft.ts";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { ApprovalFacts } from "./approval-facts.tsx";

export type Answer = "approve" | "reject" | "withdraw";

const NOTE_MAX = 500;

/**
 * The answer, read once more before it is given. The hash of what was read travels with a yes, so
 * that nobody approves something else.
 */
export function DecideDialog(props: {
  readonly bank: string;
  readonly approval: ApprovalView;
  readonly answer: Answer;
  readonly onClose: () => void;
}) {
  const { bank, approval, answer } = props;
  const t = useTranslations("approvals");
  const queryClient = useQueryClient();
  const draft = useDraft(`approval:${approval.id}:${answer}`, { note: "" });
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const isMissing = answer === "reject" && draft.value.note.trim() === "";

  async function send() {
    setTried(true);
    if (isMissing) return;
    setRefusal(null);
    const sent = await draft.send(({ note }, idempotencyKey) => {
      const { approvals } = bankClient(bank);
      const { id, hash } = approval;
      if (answer === "approve") return approvals.approve.mutate({ idempotencyKey, id, hash, note });
      if (answer === "reject") return approvals.reject.mutate({ idempotencyKey, id, note });
      return approvals.withdraw.mutate({ idempotencyKey, id });
    });
    if (sent.kind === "refused") setRefusal(sent.refusal);
    if (sent.kind !== "done") return;
    await queryClient.invalidateQueries({ queryKey: [[bank]] });
    props.onClose();
  }

  if (!draft.ready) return null;
  return (
    <ConfirmDialog
      isOpen
      isForm={answer !== "withdraw"}
      title={t(`${answer}Title`)}
      confirmText={t(answer)}
      cancelText={t("back")}
      onClose={props.onClose}
      onConfirm={() => void send()}
    >
      <p className="mb-3 font-medium">{t(`kinds.${approval.request.kind}`)}</p>
      <ApprovalFacts request={approval.request} />
      {answer !== "withdraw" && (
        <div className="mt-4">
          <TextInput
            label={t("note")}
            value={draft.value.note}
            onChange={(note) => draft.change({ note })}
            maxLength={NOTE_MAX}
            isRequired={answer === "reject"}
            problem={tried && isMissing ? t("noteMissing") : null}
          />
        </div>
      )}
      <SentNotice
        phase={draft.phase}
        refusal={refusal}
        onAskAgain={() => void send()}
        onGiveUp={draft.clear}
      />
    </ConfirmDialog>
  );
}
