"use client";
import { Button } from "@heroui/react/button";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember } from "../../banks/banks.tsx";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import { ApprovalFacts } from "./approval-facts.tsx";
import type { AskedApproval } from "./approvals-desk.tsx";
import { type Answer, DecideDialog } from "./decide-dialog.tsx";

/** One request: what, who, why, until when; and the reader's answer where it is theirs to give. */
export function ApprovalCard({ bank: id, approval }: AskedApproval) {
  const t = useTranslations("approvals");
  const bank = useMember(id);
  const format = useFormatter();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const at = (instant: string) =>
    format.dateTime(new Date(instant), { dateStyle: "short", timeStyle: "short" });
  const isOpen = approval.status === "open";
  return (
    <article
      className="flex flex-col gap-2 px-4 py-3"
      aria-label={t(`kinds.${approval.request.kind}`)}
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-medium">{t(`kinds.${approval.request.kind}`)}</h2>
        <span className="flex items-center gap-3">
          {bank && <BankName bank={bank} />}
          <span className="text-muted">{t(`states.${approval.status}`)}</span>
        </span>
      </div>
      <div className="max-w-xl">
        <ApprovalFacts request={approval.request} />
      </div>
      <blockquote className="border-l-2 border-border pl-3 text-muted">
        {approval.reason}
      </blockquote>
      <p className="text-sm text-muted">
        {t("asked", { person: approval.madeByName, at: at(approval.madeAt) })}
        {isOpen && ` · ${t("until", { at: at(approval.expiresAt) })}`}
        {approval.decidedBy !== null &&
          approval.decidedAt !== null &&
          ` · ${t("decided", { person: approval.decidedBy, at: at(approval.decidedAt) })}`}
      </p>
      {approval.note !== null && approval.note !== "" && <p className="text-sm">{approval.note}</p>}
      <WhyNot approval={approval} />
      {isOpen && (
        <div className="flex gap-2" data-screen-only>
          {approval.isForReader ? (
            <>
              <Button size="sm" variant="primary" onPress={() => setAnswer("approve")}>
                {t("approve")}
              </Button>
              <Button size="sm" variant="ghost" onPress={() => setAnswer("reject")}>
                {t("reject")}
              </Button>
            </>
          ) : (
            <Button size="sm" variant="ghost" onPress={() => setAnswer("withdraw")}>
              {t("withdraw")}
            </Button>
          )}
        </div>
      )}
      {answer !== null && (
        <DecideDialog
          bank={id}
          approval={approval}
          answer={answer}
          onClose={() => setAnswer(null)}
        />
      )}
    </article>
  );
}

function WhyNot({ approval }: Pick<AskedApproval, "approval">) {
  const sentence = useRefusalSentence();
  return approval.refusal === null ? null : <p>{sentence(approval.refusal)}</p>;
}
