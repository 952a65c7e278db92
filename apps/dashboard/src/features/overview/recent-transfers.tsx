"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMembers } from "../../banks/banks.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { TransferTable } from "../transfers/transfer-table.tsx";
import { useTransfers } from "../transfers/transfers.ts";

const SHOWN = 8;

/** The newest transfers of the consortium, those still open first. */
export function RecentTransfers() {
  const t = useTranslations("overview");
  const banks = useMembers().map(({ id }) => id);
  const { items, isReading } = useTransfers(banks, false, SHOWN);
  const open = items.filter(({ settled }) => !settled);
  const shown = [...open, ...items.filter(({ settled }) => settled)].slice(0, SHOWN);
  return (
    <section aria-labelledby="recent-heading">
      <div className="mb-2 flex items-baseline justify-between">
        <h2 id="recent-heading" className="font-semibold">
          {t("recent")}
        </h2>
        <Link href="/transfers" className="text-link">
          {t("allTransfers")}
        </Link>
      </div>
      {shown.length === 0 && isReading && <Skeleton label={t("reading")} rows={3} />}
      {shown.length === 0 && !isReading && (
        <p className="panel px-4 py-8 text-center text-muted">{t("noTransfers")}</p>
      )}
      {shown.length > 0 && (
        <div className="panel overflow-x-auto">
          <TransferTable transfers={shown} />
        </div>
      )}
    </section>
  );
}
