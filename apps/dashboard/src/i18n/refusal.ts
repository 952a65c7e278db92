"use client";
import { type Refusal, refusalSentence } from "@pacto/contract";
import { useLocale } from "next-intl";
import { useCallback } from "react";
import { useMembers } from "../banks/banks.tsx";

/**
 * The refusal's sentence in the reader's language, with the bank's name in place of its id. The
 * sentences say "bank {bank}" themselves, so a name's own "Banco" is left out.
 */
export function useRefusalSentence(): (refusal: Refusal) => string {
  const locale = useLocale();
  const members = useMembers();
  return useCallback(
    (refusal) => {
      const name = members.find(({ id }) => id === refusal.details["bank"])?.name;
      const details =
        name === undefined
          ? refusal.details
          : { ...refusal.details, bank: name.replace(/^Banco /, "") };
      return refusalSentence({ ...refusal, details }, locale);
    },
    [locale, members],
  );
}
