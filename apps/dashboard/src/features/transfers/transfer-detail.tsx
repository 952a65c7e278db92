"use client";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect } from "react";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember } from "../../banks/banks.tsx";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useMoney } from "../../i18n/money.ts";
import { ProgressTable } from "./progress-table.tsx";
import { ReverseTransfer } from "./reverse-transfer.tsx";
import { SaveReceipt } from "./save-receipt.tsx";
import { SidesTable } from "./sides-table.tsx";
import { Standing } from "./standing.tsx";
import { tellProgress } from "./tell-progress.ts";
import { TransferLanes } from "./transfer-lanes.tsx";
import { TransferBadge } from "./transfer-state.tsx";
import { type TransferWatch, useTransferWatch } from "./transfer-watch.ts";

/** One transfer, followed while it is open; told by its participants when its coordinator is away. */
export function TransferDetail(props: { readonly bank: string; readonly id: string }) {
  const t = useTranslations("transfer");
  const router = useRouter();
  const watch = useTransferWatch(props.bank, props.id);
  const { view, branches, coordinatedBy } = watch;
  useEffect(() => {
    if (coordinatedBy !== null) router.replace(`/transfers/${coordinatedBy}/${props.id}`);
  }, [coordinatedBy, props.id, router]);

  const told = tellProgress(props.bank, view, branches);
  const isKnown = view !== null || branches.length > 0;
  return (
    <div className="flex flex-col gap-5 [&>:first-child]:mb-0">
      <Heading bank={props.bank} id={props.id} watch={watch} told={told} />
      <ReadProblem bank={props.bank} error={watch.error} readAt={watch.readAt} />
      {watch.isReading && !isKnown && <Skeleton label={t("reading")} rows={5} />}
      {isKnown && (
        <>
          <Standing told={told} coordinator={props.bank} />
          <ProgressTable told={told} coordinator={props.bank} />
          <TransferLanes bank={props.bank} id={props.id} told={told} />
        </>
      )}
      {view !== null && (
        <div className="grid gap-5 lg:grid-cols-2">
          <SidesTable title={t("from")} sides={view.from} />
          <SidesTable title={t("to")} sides={view.to} />
        </div>
      )}
    </div>
  );
}

function Heading(props: {
  readonly bank: string;
  readonly id: string;
  readonly watch: TransferWatch;
  readonly told: ReturnType<typeof tellProgress>;
}) {
  const t = useTranslations("transfer");
  const money = useMoney();
  const format = useFormatter();
  const coordinator = useMember(props.bank);
  const { view } = props.watch;
  function instant(at: string): string {
    return format.dateTime(new Date(at), { dateStyle: "short", timeStyle: "medium" });
  }
  return (
    <PageHeader
      actions={
        view !== null && (
          <>
            <SaveReceipt bank={props.bank} id={props.id} />
            {view.state === "committed" && <ReverseTransfer transfer={view} />}
          </>
        )
      }
      title={view === null ? t("titleUnknown") : t("title", { amount: money(view.totalCentavos) })}
      description={
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <span className={view === null && props.watch.isReading ? "hidden" : "font-medium"}>
            <TransferBadge state={props.told.state} isSettled={props.told.isSettled} />
          </span>
          {coordinator && (
            <span className="inline-flex items-center gap-1.5">
              {t("coordinatedBy")} <BankName bank={coordinator} />
            </span>
          )}
          {view !== null && (
            <span className="num">{t("createdAt", { at: instant(view.createdAt) })}</span>
          )}
          {view?.decidedAt && (
            <span className="num">{t("decidedAt", { at: instant(view.decidedAt) })}</span>
          )}
          {view !== null && view.purpose !== "" && <span>{view.purpose}</span>}
          <span className="font-mono text-xs">{props.id}</span>
        </span>
      }
    />
  );
}
