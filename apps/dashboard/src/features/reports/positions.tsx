"use client";
import type { PositionsOutput, SettlementView } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMembers, useReachable } from "../../banks/banks.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Section } from "../../components/section.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { ReportFiles } from "./report-files.tsx";

/** What every bank owes the others, and the runs that post it to zero. */
export function Positions({ bank }: { readonly bank: string }) {
  const t = useTranslations("reports");
  const isReachable = useReachable().has(bank);
  const queries = useBankQueries()(bank);
  const { data, error, isLoading, dataUpdatedAt } = useQuery(
    queries.reports.positions.queryOptions(undefined, {
      enabled: isReachable && bank !== "",
      ...following(5_000),
    }),
  );
  return (
    <>
      <Section
        title={t("views.positions")}
        note={t("positionsNote")}
        actions={data !== undefined && <Settle bank={bank} positions={data} />}
      >
        <div className="flex flex-col gap-3">
          <ReadProblem
            bank={bank}
            error={error}
            readAt={data === undefined ? null : dataUpdatedAt}
          />
          {isLoading && <Skeleton label={t("reading")} rows={5} />}
          {data !== undefined && <PositionTable data={data} />}
        </div>
      </Section>
      <Settlements bank={bank} />
    </>
  );
}

function PositionTable({ data }: { readonly data: PositionsOutput }) {
  const t = useTranslations("reports");
  const money = useMoney();
  const members = useMembers();
  return (
    <div className="panel overflow-x-auto">
      <DataTable
        caption={t("views.positions")}
        columns={[
          { text: t("bank") },
          { text: t("position"), isFigure: true },
          { text: t("standing") },
          { text: t("open"), isFigure: true },
        ]}
      >
        {data.positions.map(({ bank, positionCentavos, open }) => {
          const member = members.find(({ id }) => id === bank);
          return (
            <tr key={bank}>
              <td>{member && <BankName bank={member} />}</td>
              <td className="num text-right font-medium">
                {positionCentavos === null ? "—" : money(Math.abs(positionCentavos))}
              </td>
              <td className="text-muted">{t(`owes.${owes(positionCentavos)}`)}</td>
              <td className="num text-right text-muted">{open ?? "—"}</td>
            </tr>
          );
        })}
        <tr className="font-semibold">
          <td>{t("sum")}</td>
          <td className="num text-right">
            {data.sumCentavos === null ? "—" : money(data.sumCentavos)}
          </td>
          <td className="font-normal text-muted">
            {t(
              data.sumCentavos === null
                ? "sumUnknown"
                : data.sumCentavos === 0
                  ? "sumZero"
                  : "sumOpen",
            )}
          </td>
          <td />
        </tr>
      </DataTable>
    </div>
  );
}

function owes(centavos: number | null): "unknown" | "nothing" | "owes" | "isOwed" {
  if (centavos === null) return "unknown";
  if (centavos === 0) return "nothing";
  return centavos > 0 ? "owes" : "isOwed";
}

const nothing = {};

function Settle(props: { readonly bank: string; readonly positions: PositionsOutput }) {
  const { bank, positions } = props;
  const t = useTranslations("reports");
  const money = useMoney();
  const moved = positions.positions.reduce(
    (sum, { positionCentavos }) => sum + Math.max(0, positionCentavos ?? 0),
    0,
  );
  return (
    <ActionDialog
      name={`settle:${bank}`}
      bank={bank}
      initial={nothing}
      label={t("settle")}
      variant="primary"
      isDisabled={positions.sumCentavos === null || moved === 0}
      title={t("settleTitle", { amount: money(moved) })}
      confirmText={t("settle")}
      request={(_, idempotencyKey) => bankClient(bank).reports.settle.mutate({ idempotencyKey })}
    >
      {() => <p className="text-muted">{t("settleNote")}</p>}
    </ActionDialog>
  );
}

function Settlements({ bank }: { readonly bank: string }) {
  const t = useTranslations("reports");
  const isReachable = useReachable().has(bank);
  const queries = useBankQueries()(bank);
  const { data } = useQuery(
    queries.reports.settlements.queryOptions(
      { limit: 20 },
      { enabled: isReachable && bank !== "", ...following(5_000) },
    ),
  );
  if (data === undefined) return null;
  return (
    <Section title={t("settlements")}>
      {data.settlements.length === 0 ? (
        <div className="panel px-4 py-10 text-center text-muted">{t("noSettlements")}</div>
      ) : (
        <div className="panel overflow-x-auto">
          <DataTable
            caption={t("settlements")}
            columns={[
              { text: t("at") },
              { text: t("state") },
              { text: t("settled"), isFigure: true },
              { text: t("by"), isWide: true },
              { text: t("files") },
            ]}
          >
            {data.settlements.map((settlement) => (
              <SettlementRow key={settlement.id} bank={bank} settlement={settlement} />
            ))}
          </DataTable>
        </div>
      )}
    </Section>
  );
}

function SettlementRow(props: { readonly bank: string; readonly settlement: SettlementView }) {
  const { bank, settlement } = props;
  const t = useTranslations("reports");
  const money = useMoney();
  const dates = useDates();
  return (
    <tr>
      <td className="num">
        <Link href={`/transfers/${settlement.coordinator}/${settlement.id}`} className="text-link">
          {dates.exactly(settlement.at)}
        </Link>
      </td>
      <td>{t(`settlementStates.${settlement.state}`)}</td>
      <td className="num text-right font-medium">{money(settlement.settledCentavos)}</td>
      <td className="num text-muted max-md:hidden">{settlement.createdBy}</td>
      <td>
        <ReportFiles
          bank={bank}
          report={{ kind: "settlement", id: settlement.id }}
          formats={["pdf", "csv"]}
        />
      </td>
    </tr>
  );
}
