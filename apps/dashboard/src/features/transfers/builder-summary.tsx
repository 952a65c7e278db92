"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useMoney } from "../../i18n/money.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import type { Counted } from "./builder-draft.ts";
import type { Preview } from "./preview.ts";

/** Running sums, what is left over, and whether every bank would say yes; always in sight. */
export function BuilderSummary(props: {
  readonly counted: Counted;
  readonly preview: Preview;
  /** What keeps the transfer from being sent. */
  readonly problem: string | null;
  readonly children: ReactNode;
}) {
  const { counted } = props;
  const t = useTranslations("builder");
  const money = useMoney();
  const { remaining } = counted;
  return (
    <div
      className="panel sticky bottom-3 z-10 flex flex-wrap items-center justify-between gap-x-8
        gap-y-3 px-4 py-3 shadow-sm"
    >
      <dl className="num flex flex-wrap gap-x-8 gap-y-1">
        <Sum label={t("leaves")}>{money(counted.leaves)}</Sum>
        <Sum label={t("arrives")}>{money(counted.arrives)}</Sum>
        <Sum label={t(remaining < 0n ? "tooMuch" : "remaining")}>
          <span className={remaining === 0n ? "" : "text-caution"}>
            {money(remaining < 0n ? -remaining : remaining)}
          </span>
        </Sum>
      </dl>
      <div className="flex flex-wrap items-center gap-3">
        <div role="status" className="max-w-md text-right">
          <Verdict preview={props.preview} problem={props.problem} />
        </div>
        <div className="flex gap-2">{props.children}</div>
      </div>
    </div>
  );
}

function Verdict(props: { readonly preview: Preview; readonly problem: string | null }) {
  const { preview, problem } = props;
  const t = useTranslations("builder");
  const sentence = useRefusalSentence();
  if (problem !== null) return <span className="text-negative">{problem}</span>;
  if (preview.refusal !== null) {
    return <span className="text-negative">{sentence(preview.refusal)}</span>;
  }
  if (preview.isFeasible === null) return null;
  return preview.isFeasible ? (
    <span className="text-positive">{t("feasible")}</span>
  ) : (
    <span className="text-negative">{t("infeasible")}</span>
  );
}

function Sum({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="text-[0.9375rem] font-semibold">{children}</dd>
    </div>
  );
}
