"use client";
import type { TransferView } from "@pacto/contract";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";

const ActivityChart = dynamic(
  () => import("./activity-chart.tsx").then(({ ActivityChart: chart }) => chart),
  { ssr: false, loading: () => <div className="h-37" /> },
);

/** Charts of what the list below says in figures. */
export function ActivityPanel({ transfers }: { readonly transfers: readonly TransferView[] }) {
  const t = useTranslations("activity");
  if (transfers.length < 2) return null;
  return (
    <section aria-labelledby="activity-heading" className="panel px-4 py-3.5">
      <h2 id="activity-heading" className="mb-2 font-semibold">
        {t("title", { n: Math.min(40, transfers.length) })}
      </h2>
      <ActivityChart transfers={transfers} />
    </section>
  );
}
