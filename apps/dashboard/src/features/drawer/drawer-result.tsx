"use client";
import type { DrawerSessionView } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { Figure, Figures } from "../../components/figures.tsx";
import { Notice } from "../../components/notice.tsx";
import { useMoney } from "../../i18n/money.ts";

/** What the count came to, against what the ledger says. */
export function DrawerResult({ session }: { readonly session: DrawerSessionView }) {
  const t = useTranslations("drawer");
  const money = useMoney();
  const difference = session.differenceCentavos ?? 0;
  const standing = difference === 0 ? "exact" : difference > 0 ? "over" : "short";
  return (
    <div className="flex flex-col gap-3">
      <Notice
        tone={standing === "exact" ? "positive" : "caution"}
        announce="soon"
        title={t(`result.${standing}`, { amount: money(Math.abs(difference)) })}
      >
        {t(`resultNote.${standing}`)}
      </Notice>
      <Figures label={t("resultFigures")}>
        <Figure label={t("expected")} note={t("expectedNote")}>
          {money(session.expectedCentavos)}
        </Figure>
        <Figure label={t("countedFigure")}>{money(session.countedCentavos ?? 0)}</Figure>
        <Figure label={t("difference")}>
          <span className={standing === "exact" ? "" : "text-caution"}>
            {difference > 0 ? "+" : ""}
            {money(difference)}
          </span>
        </Figure>
      </Figures>
    </div>
  );
}
