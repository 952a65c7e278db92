"use client";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { BankFilter } from "../../banks/bank-filter.tsx";
import { useMembers } from "../../banks/banks.tsx";
import { PartsNotice } from "../../banks/parts-notice.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { BranchInDoubt } from "./branch-in-doubt.tsx";
import { useForceRequests, useInDoubt } from "./in-doubt.ts";

/** Who waits for whom, since when, how much is held, what will happen, and the last resort. */
export function InDoubtDesk() {
  const t = useTranslations("inDoubt");
  const members = useMembers();
  const [bank, setBank] = useQueryState("bank", parseAsString.withDefault(""));
  const banks = bank === "" ? members.map(({ id }) => id) : [bank];
  const list = useInDoubt(banks);
  const requests = useForceRequests(banks);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="mb-3">
        <BankFilter value={bank} onChange={(id) => void setBank(id === "" ? null : id)} />
      </div>
      <div className="flex flex-col gap-3">
        <PartsNotice parts={list.parts} />
        <ListFrame
          isEmpty={list.items.length === 0}
          isReading={list.isReading}
          readingText={t("reading")}
          emptyText={t("none")}
          more={list.more}
          moreText={t("more")}
        >
          <ul className="divide-y divide-border">
            {list.items.map((branch) => (
              <BranchInDoubt
                key={`${branch.bank}/${branch.transactionId}`}
                branch={branch}
                request={
                  requests.items.find(
                    ({ bank: at, transactionId, status }) =>
                      at === branch.bank &&
                      transactionId === branch.transactionId &&
                      status === "open",
                  ) ?? null
                }
              />
            ))}
          </ul>
        </ListFrame>
        <p className="text-muted">{t("holdsStay")}</p>
      </div>
    </>
  );
}
