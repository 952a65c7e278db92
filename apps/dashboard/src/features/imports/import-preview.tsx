"use client";
import type { ImportLine, JobView } from "@pacto/contract";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { BankMark } from "../../banks/bank-mark.tsx";
import { useMembers } from "../../banks/banks.tsx";
import { bankClient } from "../../banks/client.tsx";
import type { Draft } from "../../banks/draft.ts";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { useSending } from "../../banks/sending.ts";
import { CheckBox } from "../../components/check-box.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Figure, Figures } from "../../components/figures.tsx";
import { useMoney } from "../../i18n/money.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import type { ImportDraft, Previewed } from "./import-form.tsx";
import { StartImport } from "./start-import.tsx";

/** What would become of every line now, and the way to begin. */
export function ImportPreview(props: {
  readonly bank: string;
  readonly draft: Draft<ImportDraft>;
  /** Null until the text as it stands was looked at. */
  readonly previewed: Previewed | null;
}) {
  const { bank, draft, previewed } = props;
  const router = useRouter();
  const sending = useSending<ImportDraft, { job: JobView }>(draft, {
    bank,
    request: (value, idempotencyKey) =>
      bankClient(bank).transfers.startImport.mutate({ ...value, idempotencyKey }),
    onDone: ({ job }) => router.push(`/jobs/${bank}/${job.id}`),
  });
  return (
    <>
      <SentNotice
        phase={draft.phase}
        refusal={sending.refusal}
        onAskAgain={sending.send}
        onGiveUp={draft.clear}
      />
      {previewed !== null && (
        <>
          <PreviewFigures previewed={previewed} />
          <div className="panel max-h-[30rem] overflow-auto" tabIndex={0} role="group">
            <LineTable lines={previewed.lines} />
          </div>
          <StartBar draft={draft} previewed={previewed} onStart={sending.send} />
        </>
      )}
    </>
  );
}

function PreviewFigures({ previewed }: { readonly previewed: Previewed }) {
  const t = useTranslations("imports");
  const money = useMoney();
  const count = (status: ImportLine["status"]) =>
    previewed.lines.filter((line) => line.status === status).length;
  return (
    <Figures label={t("previewTitle")}>
      <Figure label={t("lines")}>{previewed.lines.length}</Figure>
      <Figure label={t("total")} note={t("totalNote")}>
        {money(previewed.totalCentavos)}
      </Figure>
      <Figure label={t("ok")}>{count("ok")}</Figure>
      <Figure label={t("refused")}>
        <span className={count("refused") > 0 ? "text-negative" : ""}>{count("refused")}</span>
      </Figure>
    </Figures>
  );
}

function StartBar(props: {
  readonly draft: Draft<ImportDraft>;
  readonly previewed: Previewed;
  readonly onStart: () => void;
}) {
  const { draft, previewed } = props;
  const t = useTranslations("imports");
  const unreadable = previewed.lines.length - previewed.readable;
  const isBlocked = previewed.readable === 0 || (unreadable > 0 && !draft.value.skipUnreadable);
  return (
    <div className="panel sticky bottom-3 z-10 flex flex-wrap items-center justify-between gap-4 px-4 py-3">
      {unreadable > 0 ? (
        <CheckBox
          isChecked={draft.value.skipUnreadable}
          onChange={(skipUnreadable) => draft.change({ skipUnreadable })}
          isDisabled={draft.phase !== "editing"}
        >
          {t("skip", { n: unreadable })}
        </CheckBox>
      ) : (
        <p className="text-muted">{t("each")}</p>
      )}
      <StartImport
        previewed={previewed}
        isSending={draft.phase === "sending"}
        isDisabled={isBlocked || draft.phase !== "editing"}
        onStart={props.onStart}
      />
    </div>
  );
}

const inks: Record<ImportLine["status"], string> = {
  ok: "text-positive",
  refused: "text-negative",
  unknown: "text-caution",
};

function LineTable({ lines }: { readonly lines: readonly ImportLine[] }) {
  const t = useTranslations("imports");
  const money = useMoney();
  const sentence = useRefusalSentence();
  return (
    <DataTable
      caption={t("previewTitle")}
      columns={[
        { text: t("line"), isFigure: true },
        { text: t("from") },
        { text: t("to") },
        { text: t("amount"), isFigure: true },
        { text: t("purpose"), isWide: true },
        { text: t("verdict") },
      ]}
    >
      {lines.map(({ line, transfer, status, refusal }) => (
        <tr key={line}>
          <td className="num w-14 text-right text-muted">{line}</td>
          <td>{transfer?.from[0] && <Place {...transfer.from[0]} />}</td>
          <td>{transfer?.to[0] && <Place {...transfer.to[0]} />}</td>
          <td className="num text-right">
            {transfer?.from[0] && money(transfer.from[0].amountCentavos)}
          </td>
          <td className="max-w-44 truncate text-muted max-md:hidden">{transfer?.purpose}</td>
          <td className={inks[status]}>
            {refusal === null ? t(`statuses.${status}`) : sentence(refusal)}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function Place({ bank, account }: { readonly bank: string; readonly account: string }) {
  const member = useMembers().find(({ id }) => id === bank);
  return (
    <span className="num inline-flex items-center gap-1.5">
      {member && (
        <>
          <BankMark bank={member} />
          <span className="sr-only">{member.name}</span>
        </>
      )}
      {account}
    </span>
  );
}
