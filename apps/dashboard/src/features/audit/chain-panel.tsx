"use client";
import type { AuditChain } from "@pacto/contract";
import { useQueries } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember, useMembers, useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Notice } from "../../components/notice.tsx";
import { useAge, useNow } from "../../i18n/age.ts";

const REFETCH_MS = 10_000;

/** Each bank's chain: its last block, who has cosigned it, how old it is, and every alarm. */
export function ChainPanel() {
  const t = useTranslations("audit.chain");
  const members = useMembers();
  const reachable = useReachable();
  const queries = useBankQueries();
  const chains = useQueries({
    queries: members.map(({ id }) =>
      queries(id).audit.chain.queryOptions(undefined, {
        enabled: reachable.has(id),
        ...following(REFETCH_MS),
      }),
    ),
  });
  const alarms = chains.flatMap(({ data }) =>
    (data?.alarms ?? []).map((alarm) => ({ ...alarm, foundBy: data?.bank ?? "" })),
  );
  return (
    <section aria-labelledby="chain-heading" className="mb-6 flex flex-col gap-3">
      <h2 id="chain-heading" className="font-semibold">
        {t("title")}
      </h2>
      {alarms.map((alarm) => (
        <Alarm key={`${alarm.foundBy}/${alarm.bank}/${alarm.at}/${alarm.rows}`} alarm={alarm} />
      ))}
      <div className="panel overflow-x-auto">
        <DataTable
          caption={t("title")}
          columns={[
            { text: t("bank") },
            { text: t("state") },
            { text: t("block"), isFigure: true },
            { text: t("rows"), isFigure: true, isWide: true },
            { text: t("age"), isFigure: true },
            { text: t("cosigners") },
          ]}
        >
          {members.map(({ id }, at) => (
            <ChainRow
              key={id}
              bank={id}
              chain={chains[at]?.data}
              isAlarmed={alarms.some(({ bank }) => bank === id)}
            />
          ))}
        </DataTable>
      </div>
      {chains.map(({ error, dataUpdatedAt }, at) => {
        const bank = members[at]?.id;
        return bank === undefined || error === null ? null : (
          <ReadProblem key={bank} bank={bank} error={error} readAt={dataUpdatedAt} />
        );
      })}
    </section>
  );
}

type FoundAlarm = AuditChain["alarms"][number] & { readonly foundBy: string };

function Alarm({ alarm }: { readonly alarm: FoundAlarm }) {
  const t = useTranslations("audit.chain");
  const format = useFormatter();
  const about = useMember(alarm.bank)?.name ?? alarm.bank;
  const foundBy = useMember(alarm.foundBy)?.name ?? alarm.foundBy;
  const known = ["rows-changed", "fork", "history-lost", "bad-head"] as const;
  const code = known.find((one) => one === alarm.code) ?? "bad-head";
  const at = format.dateTime(new Date(alarm.at), { dateStyle: "short", timeStyle: "medium" });
  return (
    <Notice tone="negative" title={t(`alarms.${code}`, { bank: about, block: alarm.number })}>
      <p>{alarm.rows}</p>
      <p className="text-sm text-muted">{t("foundBy", { bank: foundBy, at })}</p>
    </Notice>
  );
}

function ChainRow(props: {
  readonly bank: string;
  readonly chain: AuditChain | undefined;
  readonly isAlarmed: boolean;
}) {
  const { chain, isAlarmed } = props;
  const t = useTranslations("audit.chain");
  const age = useAge();
  const now = useNow();
  const bank = useMember(props.bank);
  const last = chain?.last ?? null;
  const state = isAlarmed ? "alarmed" : chain === undefined ? "unknown" : "sound";
  return (
    <tr>
      <td>{bank && <BankName bank={bank} />}</td>
      <td className={isAlarmed ? "font-medium text-negative" : ""}>{t(`states.${state}`)}</td>
      <td className="num text-right">{last?.number ?? "—"}</td>
      <td className="num text-right max-md:hidden">{last?.total ?? "—"}</td>
      <td className="num text-right">
        {last === null ? "—" : age(now - Date.parse(last.sealedAt))}
      </td>
      <td>
        {chain === undefined || chain.cosigners.length === 0
          ? "—"
          : chain.cosigners.map(({ bank: by, number }) => `${by} (${number})`).join(", ")}
      </td>
    </tr>
  );
}
