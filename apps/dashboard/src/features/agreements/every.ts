"use client";
import { pixEvery, type PixEvery } from "@pacto/banking";
import { useTranslations } from "next-intl";

/** How often, by name, for a choice. */
export function useEvery(): readonly { readonly id: PixEvery; readonly text: string }[] {
  const t = useTranslations("agreements.every");
  return pixEvery.map((id) => ({ id, text: t(id) }));
}

/** What was chosen; once, while nothing was. */
export function everyId(text: string | undefined): PixEvery {
  return pixEvery.find((id) => id === text) ?? "once";
}
