"use client";
import { useTranslations } from "next-intl";
import { parseAsBoolean, parseAsString, useQueryState } from "nuqs";
import { BankFilter } from "../../banks/bank-filter.tsx";
import { useMembers } from "../../banks/banks.tsx";
import { PartsNotice } from "../../banks/parts-notice.tsx";
import { ActionLink } from "../../components/action-link.tsx";
import { Icon } from "../../components/icon.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { TransferTable } from "./transfer-table.tsx";
import { useTransfers } from "./transfers.ts";

const PAGE = 25;

/** The transfers of one bank or of all, as their coordinators tell them. */
export function TransferList() {
  const t = useTranslations("transfers");
  const members = useMembers();
  const [bank, setBank] = useQueryState("bank", parseAsString.withDefault(""));
  const [openOnly, setOpenOnly] = useQueryState("open", parseAsBoolean.withDefault(false));
  const list = useTransfers(bank === "" ? members.map(({ id }) => id) : [bank], openOnly, PAGE);
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <ActionLink href="/transfers/new" variant="primary">
            <Icon name="plus" />
            {t("new")}
          </ActionLink>
        }
      />
      <div className="mb-3 flex flex-wrap items-center gap-4">
        <BankFilter value={bank} onChange={(id) => void setBank(id === "" ? null : id)} />
        <label className="flex cursor-pointer items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={openOnly}
            onChange={(event) => void setOpenOnly(event.target.checked ? true : null)}
          />
          {t("openOnly")}
        </label>
      </div>
      <div className="flex flex-col gap-3">
        <PartsNotice parts={list.parts} />
        <ListFrame
          isEmpty={list.items.length === 0}
          isReading={list.isReading}
          readingText={t("reading")}
          emptyText={openOnly ? t("noneOpen") : t("none")}
          more={list.more}
          moreText={t("more")}
        >
          <TransferTable transfers={list.items} />
        </ListFrame>
      </div>
    </>
  );
}
