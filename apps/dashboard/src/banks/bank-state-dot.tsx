import type { BankState } from "./health.ts";

const shapes: Record<BankState, string> = {
  unknown: "border border-subtle",
  online: "bg-positive",
  slow: "bg-caution",
  unready: "bg-caution",
  offline: "bg-negative",
};

/** A coloured dot; the state's word always stands beside it. */
export function BankStateDot({ state }: { readonly state: BankState }) {
  return <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${shapes[state]}`} />;
}
