"use client";
import type { LoanView } from "@pacto/contract";
import { useTranslations } from "next-intl";

const inks: Record<LoanView["state"], string> = {
  open: "text-foreground",
  late: "text-negative",
  paid: "text-positive",
};

export function LoanState({ state }: { readonly state: LoanView["state"] }) {
  const t = useTranslations("loans.states");
  return <span className={`whitespace-nowrap ${inks[state]}`}>{t(state)}</span>;
}
