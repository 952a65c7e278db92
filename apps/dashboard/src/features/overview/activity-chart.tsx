"use client";
import type { TransferView } from "@pacto/contract";
import { useFormatter, useTranslations } from "next-intl";
import { Bar, BarChart, CartesianGrid, Cell, Tooltip, XAxis, YAxis } from "recharts";
import { useMoney } from "../../i18n/money.ts";
import { type ActivityPoint, activityOf } from "./activity.ts";

/** Time to the decision and amount of the latest transfers, oldest first. Loaded when shown. */
export function ActivityChart({ transfers }: { readonly transfers: readonly TransferView[] }) {
  const t = useTranslations("activity");
  const money = useMoney();
  const format = useFormatter();
  const points = activityOf(transfers);
  const ms = (value: number) => `${format.number(value)} ms`;
  const compact = { notation: "compact", style: "currency", currency: "BRL" } as const;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Bars
        title={t("latency")}
        name={t("decided")}
        points={points}
        value="decidedMs"
        onAxis={ms}
        exactly={ms}
      />
      <Bars
        title={t("volume")}
        name={t("moved")}
        points={points}
        value="reais"
        onAxis={(reais) => format.number(reais, compact)}
        exactly={(reais) => money(Math.round(reais * 100))}
      />
    </div>
  );
}

const tick = { fontSize: 11, fill: "var(--muted)" };
const tooltip = {
  background: "var(--surface)",
  border: "1px solid var(--border)",
  borderRadius: 6,
  fontSize: 12,
};

function Bars(props: {
  readonly title: string;
  readonly name: string;
  readonly points: readonly ActivityPoint[];
  readonly value: "decidedMs" | "reais";
  readonly onAxis: (value: number) => string;
  readonly exactly: (value: number) => string;
}) {
  const { title, name, points, value, onAxis, exactly } = props;
  return (
    <figure>
      <figcaption className="mb-1 text-xs text-muted">{title}</figcaption>
      <BarChart
        data={[...points]}
        responsive
        accessibilityLayer={false}
        style={{ width: "100%", height: 132 }}
        margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={false} stroke="var(--separator)" />
        <XAxis dataKey="label" hide />
        <YAxis tickLine={false} axisLine={false} tick={tick} width={64} tickFormatter={onAxis} />
        <Tooltip
          cursor={{ fill: "var(--default)" }}
          isAnimationActive={false}
          contentStyle={tooltip}
          labelStyle={{ color: "var(--muted)" }}
          itemStyle={{ color: "var(--foreground)" }}
          formatter={(shown) => [exactly(Number(shown)), name]}
        />
        <Bar dataKey={value} isAnimationActive={false} radius={2} maxBarSize={14}>
          {points.map(({ id, isAborted }) => (
            <Cell key={id} fill={isAborted ? "var(--negative)" : "var(--accent)"} />
          ))}
        </Bar>
      </BarChart>
    </figure>
  );
}
