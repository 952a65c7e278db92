"use client";
import type { TransferState } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { Icon, type IconName } from "../../components/icon.tsx";

type Shown = "moving" | "settling" | "committed" | "releasing" | "aborted" | "unknown";

const looks: Record<Shown, { icon: IconName; ink: string }> = {
  moving: { icon: "clock", ink: "text-muted" },
  settling: { icon: "clock", ink: "text-caution" },
  committed: { icon: "check", ink: "text-positive" },
  releasing: { icon: "clock", ink: "text-caution" },
  aborted: { icon: "close", ink: "text-negative" },
  unknown: { icon: "warning", ink: "text-caution" },
};

/** Where a transfer stands, in a word. */
export function TransferBadge(props: {
  readonly state: TransferState | "unknown";
  readonly isSettled: boolean;
}) {
  const t = useTranslations("transferState");
  const shown = toShown(props.state, props.isSettled);
  const { icon, ink } = looks[shown];
  return (
    <span className={`inline-flex items-center gap-1 align-middle whitespace-nowrap ${ink}`}>
      <Icon name={icon} className="size-3.5" />
      {t(shown)}
    </span>
  );
}

function toShown(state: TransferState | "unknown", isSettled: boolean): Shown {
  if (state === "committed") return isSettled ? "committed" : "settling";
  if (state === "aborted") return isSettled ? "aborted" : "releasing";
  return state === "unknown" ? "unknown" : "moving";
}
