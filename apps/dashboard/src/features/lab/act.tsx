"use client";
import type { LabAct } from "@pacto/contract";
import type { ReactNode } from "react";
import type { Lab } from "./lab-watch.ts";

/** A small button for one wish; its name says at which bank. */
export function Act(props: {
  readonly lab: Lab;
  readonly acts: readonly LabAct[];
  readonly name: string;
  readonly tone?: "negative";
  readonly children: ReactNode;
}) {
  const { lab, acts, tone, children } = props;
  return (
    <button
      type="button"
      disabled={lab.isBusy}
      onClick={() => void lab.act(...acts)}
      className={`inline-flex h-7 cursor-pointer items-center rounded-md border border-border
        bg-surface px-2 text-xs hover:bg-default focus-visible:outline-2
        focus-visible:outline-focus disabled:cursor-default disabled:opacity-60
        ${tone === "negative" ? "text-negative" : ""}`}
    >
      {children}
      <span className="sr-only"> {props.name}</span>
    </button>
  );
}
