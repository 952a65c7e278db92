"use client";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { useEffect, useState } from "react";
import { BankMark } from "./bank-mark.tsx";
import { BankStateDot } from "./bank-state-dot.tsx";
import { useBanks, useMembers } from "./banks.tsx";
import { takesWork } from "./health.ts";

const LAST_BANK = "pacto-bank";

/**
 * The one bank that a page is about: the address says which, else the one chosen last in this
 * browser, else the first.
 */
export function useOneBank(): readonly [bank: string, choose: (bank: string) => void] {
  const members = useMembers();
  const [asked, setAsked] = useQueryState("bank", parseAsString);
  const [last, setLast] = useState<string | null>(null);
  useEffect(() => setLast(localStorage.getItem(LAST_BANK)), []);
  const isMember = (id: string | null) => members.some((member) => member.id === id);
  const bank = isMember(asked) ? asked : isMember(last) ? last : members[0]?.id;
  function choose(id: string) {
    localStorage.setItem(LAST_BANK, id);
    setLast(id);
    void setAsked(id);
  }
  return [bank ?? "", choose];
}

/** Every bank by name, the page's own pressed; one that is away stays in sight with its state. */
export function BankSwitch(props: {
  readonly value: string;
  readonly onChange: (bank: string) => void;
}) {
  const t = useTranslations("bankState");
  const banks = useBanks();
  return (
    <div role="group" aria-label={t("switch")} className="flex flex-wrap gap-1">
      {banks.map((bank) => {
        const isAway = bank.health.state !== "unknown" && !takesWork(bank.health);
        return (
          <button
            key={bank.id}
            type="button"
            aria-pressed={props.value === bank.id}
            className="inline-flex h-8.5 cursor-pointer items-center gap-2 rounded-md border
              border-border px-2.5 text-muted hover:text-foreground focus-visible:outline-2
              focus-visible:outline-offset-2 focus-visible:outline-focus aria-pressed:border-accent
              aria-pressed:bg-surface aria-pressed:text-foreground"
            onClick={() => props.onChange(bank.id)}
          >
            <BankMark bank={bank} isDimmed={isAway} />
            <span className="max-sm:sr-only">{bank.name}</span>
            {isAway && (
              <span className="inline-flex items-center gap-1 text-xs">
                <BankStateDot state={bank.health.state} />
                {t(bank.health.state)}
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
