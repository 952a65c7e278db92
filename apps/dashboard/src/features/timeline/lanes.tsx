"use client";
import { useFormatter, useTranslations } from "next-intl";
import { BankMark } from "../../banks/bank-mark.tsx";
import { useBanks } from "../../banks/banks.tsx";
import { type Arrow, type Drawing, type Lane, placeSteps, type Step } from "./drawing.ts";

const LANE = 58;
const TOP = 26;
const LEFT = 16;

/**
 * Lanes on one axis; what comes after the moment is faint. It shows what the list of messages says
 * in words, so it is a picture to those who cannot see it.
 */
export function Lanes(props: {
  readonly drawing: Drawing;
  /** How many steps have happened at the moment that is shown. */
  readonly moment: number;
  readonly onPick: (moment: number) => void;
  readonly isOpen: boolean;
}) {
  const { drawing, moment } = props;
  const t = useTranslations("lanes");
  const { lanes, steps, arrows } = drawing;
  const places = placeSteps(steps);
  const xOf = (index: number) => LEFT + (places[index] ?? 0);
  const yOf = (lane: string) => TOP + lanes.findIndex(({ id }) => id === lane) * LANE + LANE / 2;
  const width = xOf(steps.length - 1) + (props.isOpen ? 72 : 28);
  const height = TOP + lanes.length * LANE;
  return (
    <div className="flex">
      <LaneNames lanes={lanes} />
      <div
        className="min-w-0 flex-1 overflow-x-auto"
        tabIndex={0}
        role="group"
        aria-label={t("title")}
      >
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={t("picture", { banks: lanes.length, n: steps.length })}
          className="block"
        >
          <Ticks steps={steps} xOf={xOf} height={height} />
          {lanes.map((lane) => (
            <LaneLine
              key={lane.id}
              lane={lane}
              steps={steps}
              y={yOf(lane.id)}
              xOf={xOf}
              width={width}
              isOpen={props.isOpen}
            />
          ))}
          {arrows.map((arrow) => (
            <ArrowLine
              key={arrow.from}
              arrow={arrow}
              step={steps[arrow.from]}
              xOf={xOf}
              yOf={yOf}
              isPast={(arrow.to ?? arrow.from) < moment}
              isNow={arrow.from === moment - 1 || arrow.to === moment - 1}
            />
          ))}
          {steps.map((step, index) => (
            <StepDot
              key={index}
              step={step}
              x={xOf(index)}
              y={yOf(step.lane)}
              isPast={index < moment}
              isNow={index === moment - 1}
              onPick={() => props.onPick(index + 1)}
            />
          ))}
        </svg>
      </div>
    </div>
  );
}

function LaneNames({ lanes }: { readonly lanes: readonly Lane[] }) {
  const t = useTranslations("lanes");
  const banks = useBanks();
  return (
    <ul className="shrink-0 border-r border-separator pr-3" style={{ paddingTop: TOP }}>
      {lanes.map(({ id, roles, isTold, rememberedFrom }) => {
        const bank = banks.find((it) => it.id === id);
        return (
          <li key={id} className="flex flex-col justify-center" style={{ height: LANE }}>
            <span className="flex items-center gap-1.5 font-medium">
              {bank && <BankMark bank={bank} isDimmed={bank.health.state === "offline"} />}
              <span className="max-sm:sr-only">{bank?.name ?? id}</span>
            </span>
            <span className="text-2xs text-subtle max-sm:sr-only">
              {roles.map((role) => t(`roles.${role}`)).join(" · ")}
              {!isTold && <span className="block text-caution">{t("untold")}</span>}
              {rememberedFrom !== null && (
                <span className="block text-caution">{t("restarted")}</span>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** A label where there is room for one, in milliseconds or seconds since the beginning. */
function Ticks(props: {
  readonly steps: readonly Step[];
  readonly xOf: (index: number) => number;
  readonly height: number;
}) {
  const format = useFormatter();
  const first = props.steps[0]?.at;
  if (typeof first !== "number") return null;
  let last = Number.NEGATIVE_INFINITY;
  let told = -1;
  return props.steps.map((step, index) => {
    const x = props.xOf(index);
    const since = Math.max(0, (step.at ?? first) - first);
    if (x - last < 64 || since === told) return null;
    last = x;
    told = since;
    const text =
      since < 10_000
        ? `${format.number(since)} ms`
        : `${format.number(Math.round(since / 100) / 10)} s`;
    return (
      <g key={index}>
        <line x1={x} x2={x} y1={18} y2={props.height} className="stroke-separator" />
        <text x={x} y={12} textAnchor="start" className="num fill-subtle text-[10px]">
          {text}
        </text>
      </g>
    );
  });
}

function LaneLine(props: {
  readonly lane: Lane;
  readonly steps: readonly Step[];
  readonly y: number;
  readonly xOf: (index: number) => number;
  readonly width: number;
  readonly isOpen: boolean;
}) {
  const { lane, y, xOf } = props;
  const { held } = lane;
  const end = held?.to ?? null;
  const { rememberedFrom } = lane;
  const fresh = props.steps.findIndex(({ at }) => at !== null && at >= (rememberedFrom ?? 0));
  const forgottenTo =
    rememberedFrom === null ? 0 : fresh === -1 ? props.width : Math.max(0, xOf(fresh) - 4);
  return (
    <>
      <line
        x1={forgottenTo}
        x2={props.width}
        y1={y}
        y2={y}
        strokeDasharray={lane.isTold ? undefined : "2 4"}
        className="stroke-border"
      />
      {forgottenTo > 0 && (
        <line
          x1={0}
          x2={forgottenTo}
          y1={y}
          y2={y}
          strokeWidth={1.5}
          strokeDasharray="2 4"
          className="stroke-negative"
        />
      )}
      {held !== null && (
        <rect
          x={xOf(held.from)}
          width={Math.max(0, (end === null ? props.width : xOf(end)) - xOf(held.from))}
          y={y - 4}
          height={8}
          rx={4}
          className={end === null ? "fill-caution/35" : "fill-accent/20"}
        />
      )}
    </>
  );
}

function ArrowLine(props: {
  readonly arrow: Arrow;
  readonly step: Step | undefined;
  readonly xOf: (index: number) => number;
  readonly yOf: (lane: string) => number;
  readonly isPast: boolean;
  readonly isNow: boolean;
}) {
  const { arrow, step, xOf, yOf } = props;
  if (step === undefined) return null;
  const x1 = xOf(arrow.from);
  const y1 = yOf(arrow.lane);
  const isLost = arrow.to === null;
  // Lost on the way: it ends in the middle of nowhere.
  const x2 = arrow.to === null ? x1 + 16 : xOf(arrow.to);
  const full = yOf(arrow.peer);
  const y2 = isLost ? y1 + (full - y1) * 0.45 : full;
  const ink = isLost || isRefusal(step) ? "stroke-negative" : inkOf(step);
  return (
    <g className={props.isPast ? "" : "opacity-15"}>
      <line
        x1={x1}
        y1={y1}
        x2={x2}
        y2={y2}
        strokeWidth={props.isNow ? 2.4 : 1.3}
        strokeDasharray={isLost ? "3 3" : undefined}
        className={ink}
      />
      {isLost && (
        <path
          d={`M${x2 - 3.5} ${y2 - 3.5}l7 7m0-7l-7 7`}
          strokeWidth={1.6}
          className="stroke-negative"
        />
      )}
    </g>
  );
}

function isRefusal({ message, says }: Step): boolean {
  return says === "abort" || message === "refused" || (message === "vote" && says !== "yes");
}

function inkOf({ message }: Step): string {
  if (message === "decision" || message === "ack") return "stroke-positive";
  if (message === "accept" || message === "accepted") return "stroke-caution";
  return "stroke-accent";
}

function StepDot(props: {
  readonly step: Step;
  readonly x: number;
  readonly y: number;
  readonly isPast: boolean;
  readonly isNow: boolean;
  readonly onPick: () => void;
}) {
  const { step, x, y } = props;
  const isMark = ["begun", "voted", "decided", "applied"].includes(step.kind);
  const ink =
    step.kind === "unanswered" || step.kind === "forged" ? "fill-negative" : "fill-accent";
  return (
    <g className={`cursor-pointer ${props.isPast ? "" : "opacity-25"}`} onClick={props.onPick}>
      {props.isNow && <circle cx={x} cy={y} r={10} className="fill-accent/20" />}
      {/* A target that a finger hits. */}
      <rect x={x - 7} y={y - 20} width={14} height={40} className="fill-transparent" />
      {isMark ? (
        <rect
          x={x - 5}
          y={y - 5}
          width={10}
          height={10}
          rx={1.5}
          transform={`rotate(45 ${x} ${y})`}
          className={
            step.kind === "decided" || step.kind === "applied"
              ? "fill-positive stroke-surface"
              : "fill-foreground stroke-surface"
          }
        />
      ) : (
        <circle cx={x} cy={y} r={3.2} className={ink} />
      )}
    </g>
  );
}
