"use client";
import { useTranslations } from "next-intl";
import { BankMark } from "../../banks/bank-mark.tsx";
import { BankStateDot } from "../../banks/bank-state-dot.tsx";
import { type Bank, useBanks } from "../../banks/banks.tsx";
import { offlineKey } from "../../banks/health.ts";
import { useAge, useNow } from "../../i18n/age.ts";

/** Every bank's state as of this second: a row each beside the pages, a line of marks above them. */
export function BankStrip() {
  const t = useTranslations("shell");
  const banks = useBanks();
  const now = useNow();
  return (
    <section aria-label={t("banksState")} className="px-4 pb-2 lg:pt-6 lg:pb-0">
      <h2 className="hidden pb-1.5 text-xs font-medium text-subtle lg:block">{t("banks")}</h2>
      <ul className="flex gap-x-4 overflow-x-auto lg:flex-col">
        {banks.map((bank) => (
          <BankRow key={bank.id} bank={bank} now={now} />
        ))}
      </ul>
    </section>
  );
}

function BankRow({ bank, now }: { readonly bank: Bank; readonly now: number }) {
  const t = useTranslations("bankState");
  const age = useAge();
  const { state, since } = bank.health;
  const word =
    state === "offline" ? t(offlineKey(bank.health), { age: age(now - since) }) : t(state);
  return (
    <li className="flex flex-wrap items-center gap-x-2 py-1" data-bank={bank.id} data-state={state}>
      <BankMark bank={bank} isDimmed={state === "offline"} />
      <span className="hidden min-w-fit flex-1 lg:inline">{bank.name}</span>
      <span className="sr-only lg:hidden">{bank.name}</span>
      <span className="num ml-auto flex items-center gap-1.5 text-xs text-muted">
        <BankStateDot state={state} />
        {word}
      </span>
    </li>
  );
}
