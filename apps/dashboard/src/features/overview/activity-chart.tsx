"use client";
import type { TransferView } from "@pacto/contract";
import { useFormatter, useTranslations } from "next-intl";
import { Bar, BarChart, CartesianGrid, Cell, Tooltip, XAxis, YAxis } from "recharts";
import { useMoney } from "../../i18n/money.ts";
import { activityOf } from "./activity.ts";

/** Time to the decision and amount of the latest transfers, oldest first. Loaded when shown. */
export function ActivityChart({ transfers }: { readonly transfers: readonly TransferView[] }) {
  const t = useTranslations("activity");
  const money = useMoney();
  const format = useFormatter();
  const points = activityOf(transfers);
  const common = {
    data: points,
    responsive: true,
    style: { width: "100%", height: 132 },
    margin: { top: 8, right: 4, bottom: 0, left: 0 },
  };
  const tick = { fontSize: 11, fill: "var(--muted)" };
  const axis = { tickLine: false, axisLine: false, tick } as const;
  const tooltip = {
    cursor: { fill: "var(--default)" },
    isAnimationActive: false,
    contentStyle: {
      background: "var(--surface)",
      border: "1px solid var(--border)",
      borderRadius: 6,
      fontSize: 12,
    },
    labelStyle: { color: "var(--muted)" },
    itemStyle: { color: "var(--foreground)" },
  };
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <figure>
        <figcaption className="mb-1 text-xs text-muted">{t("latency")}</figcaption>
        <BarChart {...common} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--separator)" />
          <XAxis dataKey="label" hide />
          <YAxis {...axis} width={48} tickFormatter={(ms: number) => `${format.number(ms)} ms`} />
          <Tooltip
            {...tooltip}
            formatter={(ms) => [`${format.number(Number(ms))} ms`, t("decided")]}
          />
          <Bar dataKey="decidedMs" isAnimationActive={false} radius={2} maxBarSize={14}>
            {points.map(({ id, isAborted }) => (
              <Cell key={id} fill={isAborted ? "var(--negative)" : "var(--accent)"} />
            ))}
          </Bar>
        </BarChart>
      </figure>
      <figure>
        <figcaption className="mb-1 text-xs text-muted">{t("volume")}</figcaption>
        <BarChart {...common} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--separator)" />
          <XAxis dataKey="label" hide />
          <YAxis
            {...axis}
            width={64}
            tickFormatter={(reais: number) =>
              format.number(reais, { notation: "compact", style: "currency", currency: "BRL" })
            }
          />
          <Tooltip
            {...tooltip}
            formatter={(reais) => [money(Math.round(Number(reais) * 100)), t("moved")]}
          />
          <Bar
            dataKey="reais"
            isAnimationActive={false}
            radius={2}
            maxBarSize={14}
            fill="var(--accent)"
          />
        </BarChart>
      </figure>
    </div>
  );
}
