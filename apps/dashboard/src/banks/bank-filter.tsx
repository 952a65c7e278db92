"use client";
import { useTranslations } from "next-intl";
import { BankMark } from "./bank-mark.tsx";
import { useMembers } from "./banks.tsx";

const look =
  "inline-flex h-8.5 cursor-pointer items-center rounded-md border border-border px-2.5 text-muted " +
  "hover:text-foreground aria-pressed:border-accent aria-pressed:bg-surface " +
  "aria-pressed:text-foreground focus-visible:outline-2 focus-visible:outline-offset-2 " +
  "focus-visible:outline-focus";

/** A list's filter: one bank, or all of them (`""`), one press away. */
export function BankFilter(props: {
  readonly value: string;
  readonly onChange: (bank: string) => void;
}) {
  const { value, onChange } = props;
  const t = useTranslations("bankState");
  const members = useMembers();
  return (
    <div role="group" aria-label={t("filter")} className="flex flex-wrap gap-1">
      <button
        type="button"
        aria-pressed={value === ""}
        className={look}
        onClick={() => onChange("")}
      >
        {t("all")}
      </button>
      {members.map((bank) => (
        <button
          key={bank.id}
          type="button"
          aria-pressed={value === bank.id}
          aria-label={bank.name}
          title={bank.name}
          className={look}
          onClick={() => onChange(value === bank.id ? "" : bank.id)}
        >
          <BankMark bank={bank} />
        </button>
      ))}
    </div>
  );
}
