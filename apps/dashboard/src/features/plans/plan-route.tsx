"use client";
import type { PlannedTransfer } from "@pacto/contract";
import { Icon } from "../../components/icon.tsx";
import { Marks } from "../transfers/marks.tsx";

/** From which banks to which, as marks. */
export function PlanRoute({ transfer }: { readonly transfer: PlannedTransfer }) {
  return (
    <span className="flex items-center gap-2">
      <Marks sides={transfer.from} />
      <Icon name="arrow" className="size-3.5 text-subtle" />
      <Marks sides={transfer.to} />
    </span>
  );
}

export function planTotal(transfer: PlannedTransfer): number {
  return transfer.from.reduce((sum, { amountCentavos }) => sum + amountCentavos, 0);
}
