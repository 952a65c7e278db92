"use client";
import type { PendingDebitView } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { parseAsBoolean, parseAsString, useQueryState } from "nuqs";
import { BankFilter } from "../../banks/bank-filter.tsx";
import { useBankPages } from "../../banks/bank-pages.ts";
import { useMembers } from "../../banks/banks.tsx";
import { PartsNotice } from "../../banks/parts-notice.tsx";
import { CheckBox } from "../../components/check-box.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PendingDebit } from "./pending-debit.tsx";

const PAGE = 25;
const REFRESH_MS = 4_000;

export type DebitAt = PendingDebitView & { readonly bank: string };

/** Debits of joint accounts that wait for the second holder, at one bank or at all. */
export function SignatureList() {
  const t = useTranslations("signatures");
  const members = useMembers();
  const [bank, setBank] = useQueryState("bank", parseAsString.withDefault(""));
  const [withPast, setWithPast] = useQueryState("past", parseAsBoolean.withDefault(false));
  const list = useBankPages<DebitAt>({
    banks: bank === "" ? members.map(({ id }) => id) : [bank],
    key: ["debits", withPast],
    instantOf: (debit) => debit.createdAt,
    followMs: REFRESH_MS,
    read: async (client, cursor, signal, from) => {
      const input = { pendingOnly: !withPast, limit: PAGE, cursor };
      const page = await client.debits.list.query(input, { signal });
      const items = page.debits.map((debit) => ({ ...debit, bank: from }));
      return { items, nextCursor: page.nextCursor };
    },
  });
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="mb-3 flex flex-wrap items-center gap-4">
        <BankFilter value={bank} onChange={(id) => void setBank(id === "" ? null : id)} />
        <CheckBox isChecked={withPast} onChange={(isOn) => void setWithPast(isOn ? true : null)}>
          {t("withPast")}
        </CheckBox>
      </div>
      <div className="flex flex-col gap-3">
        <PartsNotice parts={list.parts} />
        <ListFrame
          isEmpty={list.items.length === 0}
          isReading={list.isReading}
          readingText={t("reading")}
          emptyText={t(withPast ? "noneEver" : "none")}
          more={list.more}
          moreText={t("more")}
        >
          <ul className="divide-y divide-border">
            {list.items.map((debit) => (
              <PendingDebit key={debit.id} debit={debit} />
            ))}
          </ul>
        </ListFrame>
      </div>
    </>
  );
}
