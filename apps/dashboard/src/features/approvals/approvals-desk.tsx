"use client";
import type { ApprovalView } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { BankFilter } from "../../banks/bank-filter.tsx";
import { useBankPages } from "../../banks/bank-pages.ts";
import { useMembers } from "../../banks/banks.tsx";
import { PartsNotice } from "../../banks/parts-notice.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Segments } from "../../components/segments.tsx";
import { ApprovalCard } from "./approval-card.tsx";

const PAGE = 25;
const REFETCH_MS = 5_000;
const views = ["open", "all"] as const;

/** A request, and the bank at which it is asked for. */
export interface AskedApproval {
  readonly bank: string;
  readonly approval: ApprovalView;
}

/** What waits for a second person, what one has asked for oneself, and what became of it. */
export function ApprovalsDesk() {
  const t = useTranslations("approvals");
  const members = useMembers();
  const [view, setView] = useQueryState("view", parseAsStringLiteral(views).withDefault("open"));
  const [bank, setBank] = useQueryState("bank", parseAsString.withDefault(""));
  const list = useBankPages<AskedApproval>({
    banks: bank === "" ? members.map(({ id }) => id) : [bank],
    key: ["approvals", view],
    followMs: REFETCH_MS,
    instantOf: ({ approval }) => approval.madeAt,
    read: async (client, cursor, signal) => {
      const input = { openOnly: view === "open", limit: PAGE, cursor };
      const page = await client.approvals.list.query(input, { signal });
      const items = page.approvals.map((approval) => ({ bank: page.bank, approval }));
      return { items, nextCursor: page.nextCursor };
    },
  });
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="mb-3 flex flex-wrap items-end gap-3">
        <Segments
          label={t("view")}
          options={views.map((id) => ({ id, text: t(`views.${id}`) }))}
          value={view}
          onChange={(id) => void setView(id)}
        />
        <BankFilter value={bank} onChange={(id) => void setBank(id === "" ? null : id)} />
      </div>
      <div className="flex flex-col gap-3">
        <PartsNotice parts={list.parts} />
        <ListFrame
          isEmpty={list.items.length === 0}
          isReading={list.isReading}
          readingText={t("reading")}
          emptyText={t(`empty.${view}`)}
          more={list.more}
          moreText={t("more")}
        >
          <ul className="flex flex-col divide-y divide-border">
            {list.items.map((asked) => (
              <li key={`${asked.bank}/${asked.approval.id}`}>
                <ApprovalCard {...asked} />
              </li>
            ))}
          </ul>
        </ListFrame>
      </div>
    </>
  );
}
