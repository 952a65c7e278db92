"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useBanks } from "../../banks/banks.tsx";
import type { BankState } from "../../banks/health.ts";

/** Tells readers of the page by ear when a bank goes or returns. */
export function BankAnnouncer() {
  const t = useTranslations("bankState");
  const banks = useBanks();
  const before = useRef(new Map<string, BankState>());
  const [message, setMessage] = useState("");
  useEffect(() => {
    const changes: string[] = [];
    for (const { id, name, health } of banks) {
      const was = before.current.get(id);
      const went = health.state === "offline" && was !== "offline";
      const returned = was === "offline" && health.state !== "offline";
      if ((went && was !== undefined) || returned) {
        changes.push(t("announce", { bank: name, state: t(health.state) }));
      }
      before.current.set(id, health.state);
    }
    if (changes.length > 0) setMessage(changes.join(" "));
  }, [banks, t]);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {message}
    </div>
  );
}
