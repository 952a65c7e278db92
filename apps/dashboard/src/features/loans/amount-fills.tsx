"use client";
import type { LoanView } from "@pacto/contract";
import { useLocale, useTranslations } from "next-intl";
import { amountText } from "../../i18n/amount-text.ts";
import { useMoney } from "../../i18n/money.ts";

/** Fills in what is mostly paid: the next installment, or all that is overdue. */
export function AmountFills(props: {
  readonly loan: LoanView;
  /** Centavos of the next installment; null when there is none. */
  readonly next: number | null;
  /** Given the amount as one would type it. */
  readonly onUse: (amount: string) => void;
}) {
  const { loan, next, onUse } = props;
  const t = useTranslations("loans");
  const locale = useLocale();
  const money = useMoney();
  return (
    <div className="-mt-2 flex flex-wrap gap-x-4 gap-y-1">
      {next !== null && (
        <Fill
          text={t("useInstallment", { amount: money(next) })}
          onUse={() => onUse(amountText(next, locale))}
        />
      )}
      {loan.overdueCentavos > 0 && (
        <Fill
          text={t("useOverdue", { amount: money(loan.overdueCentavos) })}
          onUse={() => onUse(amountText(loan.overdueCentavos, locale))}
        />
      )}
    </div>
  );
}

function Fill(props: { readonly text: string; readonly onUse: () => void }) {
  return (
    <button type="button" className="num cursor-pointer text-xs text-link" onClick={props.onUse}>
      {props.text}
    </button>
  );
}
