"use client";
import type { SimulateLoanInput } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember } from "../../banks/banks.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Summary } from "../../components/summary.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import type { LoanDraft } from "./loan-draft.ts";

/** The loan once more, to be read before the money is paid out. */
export function LoanConfirmation(props: {
  readonly draft: LoanDraft;
  readonly terms: SimulateLoanInput;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const { draft, terms } = props;
  const t = useTranslations("newLoan");
  const loans = useTranslations("loans");
  const money = useMoney();
  const dates = useDates();
  const bank = useMember(draft.bank);
  const rate = dates.rate(terms.ratePpm);
  return (
    <ConfirmDialog
      isOpen
      title={t("confirmTitle")}
      confirmText={t("lend", { amount: money(terms.principalCentavos) })}
      cancelText={t("back")}
      onClose={props.onClose}
      onConfirm={props.onConfirm}
    >
      <Summary
        facts={[
          [
            loans("principal"),
            <strong key="principal" className="text-base font-semibold">
              {money(terms.principalCentavos)}
            </strong>,
          ],
          [t("disburseTo"), draft.account?.number],
          [t("holder"), draft.account?.holder],
          [t("bank"), bank && <BankName bank={bank} />],
          [t("system"), loans(`systems.${draft.system}`)],
          [t("rate"), loans(draft.ratePer === "month" ? "perMonth" : "perYear", { rate })],
          [t("installments"), String(terms.installments)],
          [t("firstDueOn"), dates.day(terms.firstDueOn)],
        ]}
      />
    </ConfirmDialog>
  );
}
