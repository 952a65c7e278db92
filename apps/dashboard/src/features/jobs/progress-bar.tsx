"use client";
import { useTranslations } from "next-intl";

/** How far long work has come, 0 to 100. */
export function ProgressBar(props: { readonly label: string; readonly percent: number }) {
  const t = useTranslations("jobs");
  return (
    <div className="flex items-center gap-3">
      <progress
        aria-label={props.label}
        max={100}
        value={props.percent}
        className="progress-bar h-2 min-w-0 flex-1"
      />
      <span className="num w-12 text-right font-medium">{t("percent", { n: props.percent })}</span>
    </div>
  );
}
