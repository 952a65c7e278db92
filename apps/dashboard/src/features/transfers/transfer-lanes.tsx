"use client";
import { drawTimelines } from "../timeline/drawing.ts";
import { LanesPanel } from "../timeline/lanes-panel.tsx";
import { useTimelines } from "../timeline/timeline-watch.ts";
import type { Told } from "./tell-progress.ts";

/** What every bank saw of a transfer, on one axis; live while it is open. */
export function TransferLanes(props: {
  readonly bank: string;
  readonly id: string;
  readonly told: Told;
}) {
  const { bank, id, told } = props;
  const involved = [bank, ...told.banks.map((it) => it.bank).filter((it) => it !== bank)];
  const timelines = useTimelines(id, involved, !told.isSettled);
  return <LanesPanel drawing={drawTimelines(bank, timelines)} isOpen={!told.isSettled} />;
}
