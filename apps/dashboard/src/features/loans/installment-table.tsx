"use client";
import type { InstallmentView } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { DataTable } from "../../components/data-table.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";

const inks: Record<InstallmentView["state"], string> = {
  paid: "text-positive",
  overdue: "text-negative",
  due: "text-caution",
  open: "text-muted",
};

/** The whole schedule: what each installment pays of interest and of the debt. */
export function InstallmentTable(props: {
  readonly installments: readonly InstallmentView[];
  /** A loan that exists tells the state of each. */
  readonly withState: boolean;
}) {
  const t = useTranslations("loans");
  const money = useMoney();
  const dates = useDates();
  return (
    <DataTable
      caption={t("schedule")}
      columns={[
        { text: t("installmentNumber"), isFigure: true },
        { text: t("dueOn") },
        { text: t("payment"), isFigure: true },
        { text: t("interest"), isFigure: true, isWide: true },
        { text: t("amortization"), isFigure: true, isWide: true },
        { text: t("balance"), isFigure: true },
        ...(props.withState ? [{ text: t("state") }] : []),
      ]}
    >
      {props.installments.map((each) => (
        <tr key={each.number}>
          <td className="num w-12 text-right text-muted">{each.number}</td>
          <td className="num">{dates.day(each.dueOn)}</td>
          <td className="num text-right font-medium">{money(each.paymentCentavos)}</td>
          <td className="num text-right max-md:hidden">{money(each.interestCentavos)}</td>
          <td className="num text-right max-md:hidden">{money(each.amortizationCentavos)}</td>
          <td className="num text-right text-muted">{money(each.balanceCentavos)}</td>
          {props.withState && (
            <td className={inks[each.state]}>{t(`installmentStates.${each.state}`)}</td>
          )}
        </tr>
      ))}
    </DataTable>
  );
}
