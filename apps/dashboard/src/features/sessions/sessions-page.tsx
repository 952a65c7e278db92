"use client";
import type { SessionView } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Segments } from "../../components/segments.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useSignedIn } from "../sign-in/session.tsx";
import { deviceName } from "./device-name.ts";

const views = ["own", "all"] as const;
const nothing = {};
const EVERY_MS = 5_000;

/** Where one is signed in, and ending it; for whoever administers users, where everybody is. */
export function SessionsPage() {
  const t = useTranslations("sessions");
  const who = useSignedIn();
  const isAdmin = who?.person.roles.includes("user-admin") === true;
  const [view, setView] = useQueryState("view", parseAsStringLiteral(views).withDefault("own"));
  const bank = who?.bank ?? "";
  const isOwn = !isAdmin || view === "own";
  const { sessions: queries } = useBankQueries()(bank);
  const often = { enabled: who !== null, refetchInterval: EVERY_MS };
  const own = useQuery(
    queries.list.queryOptions(undefined, { ...often, enabled: often.enabled && isOwn }),
  );
  const all = useQuery(queries.listAll.queryOptions({}, { ...often, enabled: !isOwn }));
  const { data, error, isLoading, dataUpdatedAt } = isOwn ? own : all;
  const sessions = data?.sessions ?? [];
  return (
    <div className="flex flex-col gap-4 [&>:first-child]:mb-0">
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={isOwn && sessions.length > 1 ? <EndOthers bank={bank} /> : undefined}
      />
      {isAdmin && (
        <Segments
          label={t("whose")}
          value={view}
          onChange={(id) => void setView(id)}
          options={views.map((id) => ({ id, text: t(id) }))}
        />
      )}
      <ReadProblem bank={bank} error={error} readAt={data === undefined ? null : dataUpdatedAt} />
      <ListFrame
        isEmpty={sessions.length === 0}
        isReading={isLoading}
        readingText={t("reading")}
        emptyText={t("none")}
        more={null}
        moreText=""
      >
        <DataTable
          caption={t("title")}
          columns={[
            ...(isOwn ? [] : [{ text: t("person") }]),
            { text: t("device") },
            { text: t("address"), isWide: true },
            { text: t("startedAt"), isWide: true },
            { text: t("lastUsedAt") },
            { text: t("endsAt"), isWide: true },
            { text: t("end") },
          ]}
        >
          {sessions.map((session) => (
            <SessionRow key={session.id} bank={bank} session={session} isOwn={isOwn} />
          ))}
        </DataTable>
      </ListFrame>
    </div>
  );
}

function SessionRow(props: {
  readonly bank: string;
  readonly session: SessionView;
  readonly isOwn: boolean;
}) {
  const { bank, session } = props;
  const t = useTranslations("sessions");
  const dates = useDates();
  return (
    <tr>
      {!props.isOwn && <td>{session.name}</td>}
      <td title={session.device ?? undefined}>
        <Device said={session.device} />
        {session.factor === "recovery-code" && (
          <span className="block text-xs text-caution">{t("byRecoveryCode")}</span>
        )}
      </td>
      <td className="num text-muted max-md:hidden">{session.address ?? "–"}</td>
      <td className="num text-muted max-md:hidden">{dates.at(session.startedAt)}</td>
      <td className="num text-muted">{dates.at(session.lastUsedAt)}</td>
      <td className="num text-muted max-md:hidden">{dates.at(session.endsAt)}</td>
      <td>
        {session.isCurrent ? (
          <span className="text-positive">{t("current")}</span>
        ) : (
          <EndOne bank={bank} session={session} />
        )}
      </td>
    </tr>
  );
}

function Device({ said }: { readonly said: string | null }) {
  const t = useTranslations("sessions");
  const device = deviceName(said);
  if (device === null) return t("unknownDevice");
  const { browser, system } = device;
  return system === null ? browser : t("on", { browser, system });
}

function EndOne({ bank, session }: { readonly bank: string; readonly session: SessionView }) {
  const t = useTranslations("sessions");
  return (
    <ActionDialog
      name={`session:${bank}:${session.id}`}
      bank={bank}
      initial={nothing}
      variant="ghost"
      label={t("end")}
      title={t("endTitle")}
      confirmText={t("end")}
      request={(_, idempotencyKey) =>
        bankClient(bank).sessions.end.mutate({ idempotencyKey, id: session.id })
      }
    >
      {() => <p className="text-muted">{t("endNote")}</p>}
    </ActionDialog>
  );
}

function EndOthers({ bank }: { readonly bank: string }) {
  const t = useTranslations("sessions");
  return (
    <ActionDialog
      name={`other-sessions:${bank}`}
      bank={bank}
      initial={nothing}
      size="md"
      label={t("endOthers")}
      title={t("endOthersTitle")}
      confirmText={t("endOthers")}
      request={(_, idempotencyKey) =>
        bankClient(bank).sessions.endOthers.mutate({ idempotencyKey })
      }
    >
      {() => <p className="text-muted">{t("endOthersNote")}</p>}
    </ActionDialog>
  );
}
