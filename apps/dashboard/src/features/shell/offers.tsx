"use client";
import { createContext, type ReactNode, use } from "react";
import type { Offer } from "./places.ts";

const OffersContext = createContext<ReadonlySet<Offer>>(new Set());

/** What this dashboard offers beside the pages that every one has. */
export function OffersProvider(props: {
  readonly offers: readonly Offer[];
  readonly children: ReactNode;
}) {
  return <OffersContext value={new Set(props.offers)}>{props.children}</OffersContext>;
}

export function useOffers(): ReadonlySet<Offer> {
  return use(OffersContext);
}
