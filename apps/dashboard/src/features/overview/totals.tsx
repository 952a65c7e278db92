"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { useBanks } from "../../banks/banks.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useAge, useNow } from "../../i18n/age.ts";
import { useMoney } from "../../i18n/money.ts";
import { addUp, type BankFigures, judgePositions, type Total } from "./add-up.ts";

/** The consortium in four figures, each honest about the banks that it leaves out. */
export function Totals({ figures }: { readonly figures: readonly BankFigures[] }) {
  const t = useTranslations("overview");
  const money = useMoney();
  const banks = useBanks();
  const customers = addUp(figures, (summary) => summary.customersCentavos);
  const held = addUp(figures, (summary) => summary.heldCentavos);
  // Before the first answers nothing is known, and nothing is claimed.
  const isFirstReading =
    figures.every(({ summary }) => summary === null) &&
    banks.some(({ health }) => health.state !== "offline");
  if (isFirstReading) return <Skeleton label={t("reading")} rows={2} />;
  const answering = banks.filter(({ health }) => health.state !== "offline" && health.status);
  const inDoubt = answering.reduce((sum, { health }) => sum + (health.status?.inDoubt ?? 0), 0);
  const isInDoubtComplete = answering.length === banks.length;
  return (
    <dl className="panel grid grid-cols-2 divide-border max-md:gap-y-1 lg:grid-cols-4 lg:divide-x">
      <Figure label={t("customers")} note={<LeftOutNote total={customers} />}>
        <TotalAmount total={customers} />
      </Figure>
      <Figure
        label={t("inTransit")}
        note={<LeftOutNote total={held} fallback={t("inTransitNote")} />}
      >
        <TotalAmount total={held} />
      </Figure>
      <Figure
        label={t("inDoubt")}
        note={isInDoubtComplete ? t("inDoubtNote") : t("inDoubtPartial")}
      >
        {isInDoubtComplete ? inDoubt : t("atLeast", { amount: inDoubt })}
      </Figure>
      <PositionsFigure figures={figures} inDoubt={inDoubt} money={money} />
    </dl>
  );
}

function Figure(props: {
  readonly label: string;
  readonly children: ReactNode;
  readonly note: ReactNode;
}) {
  return (
    <div className="flex min-w-0 flex-col px-4 py-3">
      <dt className="text-xs text-muted">{props.label}</dt>
      <dd className="num mt-1 truncate text-lg font-semibold tracking-tight">{props.children}</dd>
      <dd className="mt-0.5 text-xs text-muted">{props.note}</dd>
    </div>
  );
}

function TotalAmount({ total }: { readonly total: Total }) {
  const t = useTranslations("overview");
  const money = useMoney();
  if (total.isComplete) return money(total.centavos);
  return t("atLeast", { amount: money(total.centavos) });
}

/** "without Banco Coral: R$ 800,00, 42 s ago". */
function LeftOutNote(props: { readonly total: Total; readonly fallback?: string }) {
  const t = useTranslations("overview");
  const money = useMoney();
  const age = useAge();
  const now = useNow();
  const banks = useBanks();
  const { leftOut } = props.total;
  if (leftOut.length === 0) return props.fallback ?? t("allBanks", { n: banks.length });
  return leftOut.map(({ bank, lastCentavos, readAt }) => {
    const name = banks.find(({ id }) => id === bank)?.name ?? bank;
    return (
      <span key={bank} className="block">
        {lastCentavos === null || readAt === null
          ? t("withoutUnknown", { bank: name })
          : t("without", { bank: name, amount: money(lastCentavos), age: age(now - readAt) })}
      </span>
    );
  });
}

function PositionsFigure(props: {
  readonly figures: readonly BankFigures[];
  readonly inDoubt: number;
  readonly money: (centavos: bigint) => string;
}) {
  const t = useTranslations("overview");
  const total = addUp(props.figures, (summary) => summary.clearingCentavos);
  const now = useNow();
  const offSince = useRef<number | null>(null);
  const isOff = total.isComplete && total.centavos !== 0n && props.inDoubt === 0;
  useEffect(() => {
    if (!isOff) offSince.current = null;
    else offSince.current ??= now;
  }, [isOff, now]);
  const steadyMs = offSince.current === null ? 0 : now - offSince.current;
  const verdict = judgePositions(total, props.inDoubt, steadyMs);
  const ink = { balanced: "text-positive", broken: "text-negative", moving: "", unknown: "" };
  return (
    <Figure label={t("positions")} note={t(`positionsNote.${verdict}`)}>
      <span className={ink[verdict]}>
        {verdict === "moving" || verdict === "broken"
          ? props.money(total.centavos)
          : t(`positionsState.${verdict}`)}
      </span>
    </Figure>
  );
}
