"use client";
import { useTranslations } from "next-intl";
import { type Bank, useBanks } from "../../banks/banks.tsx";
import type { Pulse } from "./pulses.ts";

const WIDTH = 560;
const HEIGHT = 330;
const RADIUS_X = 205;
const RADIUS_Y = 118;
const NODE = 25;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The banks and the links between them; a pulse runs for each message-bearing pair of a transfer. */
export function ConsortiumMap({ pulses }: { readonly pulses: readonly Pulse[] }) {
  const t = useTranslations("map");
  const banks = useBanks();
  const points = new Map(banks.map(({ id }, at) => [id, pointOf(at, banks.length)]));
  const pairs = banks.flatMap((one, at) =>
    banks.slice(at + 1).map((other) => ({ one, other, state: linkOf(one, other) })),
  );
  const cut = pairs.filter(({ state }) => state === "cut").length;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t("picture", { banks: banks.length, links: pairs.length - cut, cut })}
      className="h-auto w-full"
    >
      {pairs.map(({ one, other, state }) => {
        const [from, to] = [points.get(one.id), points.get(other.id)];
        if (from === undefined || to === undefined) return null;
        return (
          <line
            key={`${one.id} ${other.id}`}
            x1={from.x}
            y1={from.y}
            x2={to.x}
            y2={to.y}
            strokeWidth={state === "cut" ? 1.5 : 1.2}
            strokeDasharray={state === "up" ? undefined : "4 5"}
            className={
              state === "up"
                ? "stroke-border"
                : state === "cut"
                  ? "stroke-negative/70"
                  : "stroke-separator"
            }
          />
        );
      })}
      {pulses.map((pulse) => (
        <PulseDot
          key={pulse.key}
          pulse={pulse}
          from={points.get(pulse.from)}
          to={points.get(pulse.to)}
        />
      ))}
      {banks.map((bank) => (
        <BankNode key={bank.id} bank={bank} point={points.get(bank.id)} />
      ))}
    </svg>
  );
}

/** Evenly on an ellipse, the first one at the top. */
function pointOf(at: number, count: number): Point {
  const angle = (2 * Math.PI * at) / count - Math.PI / 2;
  return {
    x: Math.round(WIDTH / 2 + RADIUS_X * Math.cos(angle)),
    y: Math.round(HEIGHT / 2 - 8 + RADIUS_Y * Math.sin(angle)),
  };
}

/** A link is what both ends hear of each other; with one end away it is unknown. */
function linkOf(one: Bank, other: Bank): "up" | "cut" | "unknown" {
  const ends = [heard(one, other.id), heard(other, one.id)];
  if (ends.includes(false)) return "cut";
  return ends.every((end) => end === true) ? "up" : "unknown";
}

function heard({ health }: Bank, peer: string): boolean | null {
  if (health.state === "offline" || health.status === null) return null;
  return health.status.peers.find(({ bank }) => bank === peer)?.reachable ?? null;
}

function PulseDot(props: {
  readonly pulse: Pulse;
  readonly from: Point | undefined;
  readonly to: Point | undefined;
}) {
  const { from, to, pulse } = props;
  if (from === undefined || to === undefined) return null;
  const style = {
    "--pulse-x1": `${from.x}px`,
    "--pulse-y1": `${from.y}px`,
    "--pulse-x2": `${to.x}px`,
    "--pulse-y2": `${to.y}px`,
  };
  return (
    <circle
      r={4.5}
      style={style as Record<string, string>}
      className={`map-pulse motion-reduce:hidden ${pulse.isAborted ? "fill-negative" : "fill-accent"}`}
    />
  );
}

function BankNode({ bank, point }: { readonly bank: Bank; readonly point: Point | undefined }) {
  const t = useTranslations("bankState");
  if (point === undefined) return null;
  const { state, latencyMs } = bank.health;
  const isAway = state === "offline";
  const below = isAway || latencyMs === null ? t(state) : `${Math.round(latencyMs)} ms`;
  return (
    <g className={isAway ? "opacity-70" : ""}>
      <circle cx={point.x} cy={point.y} r={NODE + 5} className="fill-surface" />
      <circle
        cx={point.x}
        cy={point.y}
        r={NODE}
        fill={bank.colour}
        className={isAway ? "grayscale" : ""}
      />
      <circle
        cx={point.x + 18}
        cy={point.y - 18}
        r={6}
        strokeWidth={2.5}
        className={`stroke-surface ${dotOf[state]}`}
      />
      <text
        x={point.x}
        y={point.y + 5}
        textAnchor="middle"
        fill="#ffffff"
        className="text-[13px] font-semibold tracking-wide"
      >
        {bank.mark}
      </text>
      <text
        x={point.x}
        y={point.y + NODE + 18}
        textAnchor="middle"
        className="fill-foreground text-[12px] font-medium"
      >
        {bank.name}
      </text>
      <text
        x={point.x}
        y={point.y + NODE + 32}
        textAnchor="middle"
        className="num fill-muted text-[11px]"
      >
        {below}
      </text>
    </g>
  );
}

const dotOf = {
  unknown: "fill-muted",
  online: "fill-positive",
  slow: "fill-caution",
  unready: "fill-caution",
  offline: "fill-negative",
} as const;
