"use client";
import { useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember } from "../../banks/banks.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { useMoney } from "../../i18n/money.ts";
import type { CashDraft } from "./cash-draft.ts";

/** What is about to be done with cash, to be read before it is. */
export function CashConfirmation(props: {
  readonly isOpen: boolean;
  readonly draft: CashDraft;
  readonly amount: bigint;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const { draft, amount } = props;
  const t = useTranslations("cash");
  const money = useMoney();
  const bank = useMember(draft.bank);
  return (
    <ConfirmDialog
      isOpen={props.isOpen}
      title={t(draft.act === "deposit" ? "confirmDeposit" : "confirmWithdraw")}
      confirmText={t(draft.act === "deposit" ? "doDeposit" : "doWithdraw", {
        amount: money(amount),
      })}
      cancelText={t("back")}
      onClose={props.onClose}
      onConfirm={props.onConfirm}
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        <dt className="text-muted">{t("amount")}</dt>
        <dd className="num text-right text-base font-semibold">{money(amount)}</dd>
        <dt className="text-muted">{t("account")}</dt>
        <dd className="num text-right">{draft.account?.number}</dd>
        <dt className="text-muted">{t("holder")}</dt>
        <dd className="text-right">{draft.account?.holder}</dd>
        <dt className="text-muted">{t("bank")}</dt>
        <dd className="text-right">{bank && <BankName bank={bank} />}</dd>
        {draft.note !== "" && (
          <>
            <dt className="text-muted">{t("note")}</dt>
            <dd className="text-right">{draft.note}</dd>
          </>
        )}
      </dl>
    </ConfirmDialog>
  );
}
