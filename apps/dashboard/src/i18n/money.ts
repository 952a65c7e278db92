"use client";
import { formatReais } from "@pacto/banking";
import { useLocale } from "next-intl";
import { useCallback } from "react";

/** `R$ 1.234,56` in the reader's language, from centavos off the wire or summed. */
export function useMoney(): (centavos: number | bigint) => string {
  const locale = useLocale();
  return useCallback((centavos) => formatReais(BigInt(centavos), locale), [locale]);
}
