import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

export type NoticeTone = "neutral" | "positive" | "caution" | "negative";

const tones: Record<NoticeTone, { icon: IconName; ink: string; paper: string }> = {
  neutral: { icon: "clock", ink: "text-muted", paper: "border-border bg-surface-secondary" },
  positive: { icon: "check", ink: "text-positive", paper: "border-positive/35 bg-positive/6" },
  caution: { icon: "warning", ink: "text-caution", paper: "border-caution/35 bg-caution/6" },
  negative: { icon: "warning", ink: "text-negative", paper: "border-negative/35 bg-negative/6" },
};

/**
 * A message in place. `announce` reads it out when it appears: "now" interrupts (a refusal),
 * "soon" waits for a pause (a result, a change of state).
 */
export function Notice(props: {
  readonly tone: NoticeTone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly announce?: "now" | "soon";
}) {
  const { icon, ink, paper } = tones[props.tone];
  const role =
    props.announce === "now" ? "alert" : props.announce === "soon" ? "status" : undefined;
  return (
    <div role={role} className={`flex gap-2.5 rounded-lg border px-3.5 py-2.5 ${paper}`}>
      <Icon name={icon} className={`mt-px ${ink}`} />
      <div className="min-w-0 flex-1">
        {props.title !== undefined && <p className="font-medium">{props.title}</p>}
        {props.children !== undefined && <div className="text-foreground">{props.children}</div>}
        {props.actions !== undefined && (
          <div className="mt-2 flex flex-wrap gap-2">{props.actions}</div>
        )}
      </div>
    </div>
  );
}
