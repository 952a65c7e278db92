"use client";
import type { AccountView, ApplyInterestOutput } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { bankClient } from "../../banks/client.tsx";
import { Notice } from "../../components/notice.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { useMoney } from "../../i18n/money.ts";
import {
  InterestTermFields,
  type InterestTerms,
  lastYear,
  readInterestTerms,
} from "./interest-terms.tsx";

interface ApplyDraft extends InterestTerms {
  readonly reason: string;
}

/** Credits interest on what is in the account, at a yearly rate for some days; each day once. */
export function ApplyInterest({ account }: { readonly account: AccountView }) {
  const { bank, number } = account;
  const t = useTranslations("interest");
  const money = useMoney();
  const [applied, setApplied] = useState<ApplyInterestOutput | null>(null);
  return (
    <div className="flex flex-col gap-2">
      <ActionDialog<ApplyDraft, ApplyInterestOutput>
        name={`interest:${bank}:${number}`}
        bank={bank}
        initial={{ ...lastYear(), reason: "" }}
        variant="ghost"
        label={t("apply")}
        title={t("applyTitle", { number })}
        confirmText={t("doApply")}
        isComplete={(value) => readInterestTerms(value) !== null}
        request={(value, idempotencyKey) => {
          const terms = readInterestTerms(value);
          if (terms === null) throw new Error("interest was applied before its terms were whole");
          const { reason } = value;
          return bankClient(bank).interest.applyRate.mutate({
            ...terms,
            idempotencyKey,
            number,
            reason,
          });
        }}
        onDone={setApplied}
      >
        {({ value, change, tried }) => (
          <div className="flex flex-col gap-4">
            <p className="text-muted">
              {t("applyNote", { amount: money(account.ledgerCentavos) })}
            </p>
            <InterestTermFields value={value} onChange={change} tried={tried} />
            <TextInput
              label={t("reason")}
              value={value.reason}
              onChange={(reason) => change({ reason })}
              maxLength={120}
            />
          </div>
        )}
      </ActionDialog>
      {applied !== null && (
        <Notice
          tone="positive"
          announce="soon"
          title={t("applied", { amount: money(applied.interestCentavos) })}
        >
          {t("newBalance")} <strong className="num">{money(applied.balanceAfterCentavos)}</strong>
        </Notice>
      )}
    </div>
  );
}
