"use client";
import { Button } from "@heroui/react/button";
import type { ApprovalRequest, Refusal } from "@pacto/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { AskApproval } from "../../banks/ask-approval.tsx";
import { bankClient } from "../../banks/client.tsx";
import { type Draft, useDraft } from "../../banks/draft.ts";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { Choice } from "../../components/choice.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { MoneyField, readAmount } from "../../components/money-field.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { useMoney } from "../../i18n/money.ts";

const REASONS = ["MD06", "SL02", "BE08", "FR01"] as const;

interface RefundDraft {
  readonly amount: string;
  readonly reason: (typeof REASONS)[number];
  readonly description: string;
}

/** Gives a received PIX back, whole or in part; confirmed first, done once. */
export function RefundForm(props: {
  readonly bank: string;
  readonly endToEndId: string;
  /** Centavos that may still go back. */
  readonly left: number;
}) {
  const { bank, endToEndId, left } = props;
  const t = useTranslations("pix");
  const locale = useLocale();
  const money = useMoney();
  const draft = useDraft<RefundDraft>(`refund:${endToEndId}`, {
    ...{ amount: "", reason: "MD06", description: "" },
  });
  const [tried, setTried] = useState(false);
  const [isConfirming, setConfirming] = useState(false);
  const { refusal, asked, send } = useRefunding(draft, {
    ...{ bank, endToEndId },
    onDone: () => setTried(false),
  });
  const { value, change, phase } = draft;
  const amount = readAmount(value.amount, locale);
  const isOver = amount !== null && amount > BigInt(left);
  const isDisabled = phase !== "editing";

  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        setTried(true);
        if (amount !== null && !isOver) setConfirming(true);
      }}
      noValidate
      data-screen-only
      className="flex flex-col gap-3 border-t border-border pt-4"
    >
      <RefundFields {...{ value, change, tried, isDisabled }} left={isOver ? left : null} />
      <SentNotice
        phase={phase}
        refusal={refusal}
        onAskAgain={() => void send()}
        onGiveUp={draft.clear}
      />
      <AskApproval bank={bank} refusal={refusal} request={asked} />
      <div>
        <Button type="submit" isPending={phase === "sending"} isDisabled={phase === "unknown"}>
          {t("refund")}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isConfirming}
        title={t("confirmRefund")}
        confirmText={t("doRefund", { amount: money(amount ?? 0n) })}
        cancelText={t("back")}
        onClose={() => setConfirming(false)}
        onConfirm={() => {
          setConfirming(false);
          void send();
        }}
      >
        <p>{t("refundWhy")}</p>
      </ConfirmDialog>
    </form>
  );
}

/** Sends the draft once, and remembers what was asked for in case it takes a second person. */
function useRefunding(
  draft: Draft<RefundDraft>,
  about: { readonly bank: string; readonly endToEndId: string; readonly onDone: () => void },
) {
  const { bank, endToEndId, onDone } = about;
  const locale = useLocale();
  const queryClient = useQueryClient();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [asked, setAsked] = useState<ApprovalRequest>();

  async function send() {
    setRefusal(null);
    // The draft's key, 32 letters and digits, is the refund's own id.
    const sent = await draft.send(({ amount: text, ...content }, id) => {
      const amountCentavos = Number(readAmount(text, locale) ?? 0n);
      const payload = { endToEndId, id, amountCentavos, ...content };
      setAsked({ kind: "pix.refund", payload });
      return bankClient(bank).pix.refund.mutate(payload);
    });
    if (sent.kind === "refused") setRefusal(sent.refusal);
    if (sent.kind === "done") {
      onDone();
      setRefusal(sent.value.refund.refusal);
    }
    await queryClient.invalidateQueries({ queryKey: [[bank]] });
  }

  return { refusal, asked, send };
}

function RefundFields(props: {
  readonly value: RefundDraft;
  readonly change: (next: Partial<RefundDraft>) => void;
  readonly tried: boolean;
  readonly isDisabled: boolean;
  /** Centavos that may still go back, where the amount is more. */
  readonly left: number | null;
}) {
  const { value, change, tried, isDisabled, left } = props;
  const t = useTranslations("pix");
  const money = useMoney();
  return (
    <>
      <MoneyField
        label={t("refundAmount")}
        text={value.amount}
        onText={(text) => change({ amount: text })}
        showProblems={tried}
        isRequired
        isDisabled={isDisabled}
        problem={left === null ? null : t("overOriginal", { amount: money(left) })}
      />
      <Choice
        label={t("reason")}
        value={value.reason}
        onChange={(reason) => change({ reason: reason as RefundDraft["reason"] })}
        options={REASONS.map((id) => ({ id, text: `${t(`reasons.${id}`)} (${id})` }))}
        isDisabled={isDisabled}
      />
      <TextInput
        label={t("note")}
        value={value.description}
        onChange={(description) => change({ description })}
        maxLength={140}
        isDisabled={isDisabled}
      />
    </>
  );
}
