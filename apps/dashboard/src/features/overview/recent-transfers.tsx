"use client";
import type { TransferView } from "@pacto/contract";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Skeleton } from "../../components/skeleton.tsx";
import { TransferTable } from "../transfers/transfer-table.tsx";

const SHOWN = 8;

/** The newest transfers of the consortium, those still open first. */
export function RecentTransfers(props: {
  readonly transfers: readonly TransferView[];
  readonly isReading: boolean;
}) {
  const t = useTranslations("overview");
  const { transfers, isReading } = props;
  const open = transfers.filter(({ settled }) => !settled);
  const shown = [...open, ...transfers.filter(({ settled }) => settled)].slice(0, SHOWN);
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
