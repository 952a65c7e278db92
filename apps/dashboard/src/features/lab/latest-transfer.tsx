"use client";
import type { LabState } from "@pacto/contract";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Standing } from "../transfers/standing.tsx";
import { tellProgress } from "../transfers/tell-progress.ts";
import { TransferLanes } from "../transfers/transfer-lanes.tsx";
import { useTransferWatch } from "../transfers/transfer-watch.ts";

/** The transfer that was sent last, in words and in lanes. */
export function LatestTransfer({ latest }: { readonly latest: NonNullable<LabState["latest"]> }) {
  const t = useTranslations("lab");
  const { coordinator, transaction } = latest;
  const { view, branches } = useTransferWatch(coordinator, transaction);
  const told = tellProgress(coordinator, view, branches);
  return (
    <div className="flex flex-col gap-3">
      <Standing told={told} coordinator={coordinator} />
      <TransferLanes bank={coordinator} id={transaction} told={told} />
      <p>
        <Link href={`/transfers/${coordinator}/${transaction}`} className="text-link">
          {t("openTransfer")}
        </Link>
      </p>
    </div>
  );
}
