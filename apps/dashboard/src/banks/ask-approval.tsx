"use client";
import { Button } from "@heroui/react/button";
import type { ApprovalRequest, Refusal } from "@pacto/contract";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { bankClient } from "./client.tsx";
import { useDraft } from "./draft.ts";
import { SentNotice } from "./sent-notice.tsx";
import { Notice } from "../components/notice.tsx";
import { TextInput } from "../components/text-input.tsx";

const ConfirmDialog = dynamic(
  () => import("../components/confirm-dialog.tsx").then((it) => it.ConfirmDialog),
  { ssr: false },
);

const REASON_MIN = 5;
const REASON_MAX = 500;

/** Where an act was refused because it takes two persons: asks for the second one. */
export function AskApproval(props: {
  readonly bank: string;
  readonly refusal: Refusal | null;
  /** Exactly what was refused; left out where no second person can allow it. */
  readonly request: ApprovalRequest | undefined;
}) {
  const { request } = props;
  const isNeeded = props.refusal?.code === "approval-needed" && request !== undefined;
  return isNeeded ? <Asking bank={props.bank} request={request} /> : null;
}

interface AskingProps {
  readonly bank: string;
  readonly request: ApprovalRequest;
}

function Asking({ bank, request }: AskingProps) {
  const t = useTranslations("approvals.ask");
  const draft = useDraft(`ask-approval:${bank}:${request.kind}`, { reason: "" });
  const [isOpen, setOpen] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const [tried, setTried] = useState(false);
  const [why, setWhy] = useState<Refusal | null>(null);
  const isMissing = draft.value.reason.trim().length < REASON_MIN;

  async function send() {
    setTried(true);
    if (isMissing) return;
    setOpen(false);
    setWhy(null);
    const sent = await draft.send(({ reason }, idempotencyKey) =>
      bankClient(bank).approvals.request.mutate({ idempotencyKey, request, reason }),
    );
    if (sent.kind === "refused") setWhy(sent.refusal);
    if (sent.kind === "done") setAsked(true);
  }

  if (!draft.ready) return null;
  if (isAsked) {
    return (
      <Notice tone="positive" announce="soon" title={t("done")}>
        <Link href="/approvals" className="text-link">
          {t("see")}
        </Link>
      </Notice>
    );
  }
  return (
    <div className="flex flex-col gap-2" data-screen-only>
      <Button size="sm" variant="outline" className="w-fit" onPress={() => setOpen(true)}>
        {t("ask")}
      </Button>
      <SentNotice
        phase={draft.phase}
        refusal={why}
        onAskAgain={() => void send()}
        onGiveUp={draft.clear}
      />
      {isOpen && (
        <ConfirmDialog
          isOpen
          isForm
          title={t("title")}
          confirmText={t("ask")}
          cancelText={t("back")}
          onClose={() => setOpen(false)}
          onConfirm={() => void send()}
        >
          <p className="mb-3 text-sm text-muted">{t("note")}</p>
          <TextInput
            label={t("reason")}
            value={draft.value.reason}
            onChange={(reason) => draft.change({ reason })}
            maxLength={REASON_MAX}
            isRequired
            problem={tried && isMissing ? t("reasonMissing") : null}
          />
        </ConfirmDialog>
      )}
    </div>
  );
}
