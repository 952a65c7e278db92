"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useMembers } from "../../banks/banks.tsx";
import type { Drawing, Step } from "./drawing.ts";

export interface StepWords {
  readonly teller: string;
  readonly engineer: string;
}

/** One step in two sentences: for the counter, and for who runs the node. */
export function useStepWords(): (step: Step, drawing: Drawing) => StepWords {
  const t = useTranslations("lanes.steps");
  const exact = useTranslations("lanes.exact");
  const members = useMembers();
  return useCallback(
    (step, drawing) => {
      const nameOf = (id: string | null) => members.find((it) => it.id === id)?.name ?? id ?? "";
      const bank = nameOf(step.lane);
      const peer = nameOf(step.peer);
      const key = keyOf(step);
      const teller =
        key === null
          ? t("other", { bank, peer, message: step.message ?? step.kind })
          : key === "note"
            ? t("note", { bank, text: step.says ?? "" })
            : t(key, { bank, peer });
      return { teller, engineer: exactly(step, drawing, exact) };
    },
    [members, t, exact],
  );
}

type StepKey =
  | "begun"
  | "decided"
  | "voted"
  | "applied"
  | "note"
  | "asks"
  | "asked"
  | "promises"
  | "declines"
  | "yesHeard"
  | "noHeard"
  | "proposes"
  | "witnesses"
  | "accepts"
  | "acceptHeard"
  | "tellsCommit"
  | "tellsAbort"
  | "toldCommit"
  | "toldAbort"
  | "confirms"
  | "confirmed"
  | "inquires"
  | "inquired"
  | "silent"
  | "forged";

/** What a step is in the transaction's story; null: an exchange that the story does not need. */
function keyOf({ kind, message, says }: Step): StepKey | null {
  if (kind === "unanswered") return "silent";
  if (kind === "forged") return "forged";
  if (!(kind === "sent" || kind === "received" || kind === "replied" || kind === "answered")) {
    return kind;
  }
  const leaves = kind === "sent" || kind === "replied";
  switch (message) {
    case "prepare":
      return leaves ? "asks" : "asked";
    case "vote":
      if (says === "yes") return leaves ? "promises" : "yesHeard";
      return leaves ? "declines" : "noHeard";
    case "accept":
      return leaves ? "proposes" : "witnesses";
    case "accepted":
      return leaves ? "accepts" : "acceptHeard";
    case "decision":
      if (says === "commit") return leaves ? "tellsCommit" : "toldCommit";
      return leaves ? "tellsAbort" : "toldAbort";
    case "ack":
      return leaves ? "confirms" : "confirmed";
    case "inquiry":
      return leaves ? "inquires" : "inquired";
    default:
      return null;
  }
}

function exactly(
  step: Step,
  drawing: Drawing,
  exact: ReturnType<typeof useTranslations<"lanes.exact">>,
): string {
  const { kind, lane, peer, message, says, ballot, signatures, tookMs, at } = step;
  const route = peer === null ? lane : leads(kind) ? `${lane} → ${peer}` : `${lane} ← ${peer}`;
  const first = drawing.steps[0]?.at ?? null;
  return [
    route,
    message === null ? exact("row", { kind }) : says === null ? message : `${message}(${says})`,
    ...(ballot === null ? [] : [exact("ballot", { n: ballot })]),
    ...(message === null || kind === "unanswered"
      ? []
      : [exact(kind === "forged" ? "badSignature" : "signatures", { n: signatures })]),
    ...(tookMs === null ? [] : [exact("took", { ms: tookMs })]),
    ...(at === null || first === null ? [] : [`+${Math.max(0, at - first)} ms`]),
  ].join(" · ");
}

function leads(kind: Step["kind"]): boolean {
  return kind === "sent" || kind === "replied" || kind === "unanswered";
}
