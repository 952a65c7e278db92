"use client";
import { Button } from "@heroui/react/button";
import { useTranslations } from "next-intl";
import { parseAsBoolean, parseAsString, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { BankFilter } from "../../banks/bank-filter.tsx";
import { BankName } from "../../banks/bank-mark.tsx";
import { type BankPagesInput, useBankPages } from "../../banks/bank-pages.ts";
import { useMember, useMembers } from "../../banks/banks.tsx";
import { PartsNotice } from "../../banks/parts-notice.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Icon } from "../../components/icon.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { PageHeader } from "../../components/page-header.tsx";

/** What another bank says arrives within seconds. */
const REFETCH_MS = 3_000;

/** A row together with the bank that tells it. */
export type Told<Row> = Row & { readonly at: string };

/** A page of agreements: a form when one is asked for, and the list of one bank or of all. */
export function AgreementList<Row>(props: {
  readonly title: string;
  readonly description: string;
  readonly newText?: string;
  readonly form?: ReactNode;
  readonly emptyText: string;
  readonly columns: readonly Column[];
  readonly list: Pick<BankPagesInput<Told<Row>>, "key" | "read" | "instantOf">;
  readonly row: (item: Told<Row>) => ReactNode;
  readonly children?: ReactNode;
}) {
  const t = useTranslations("agreements");
  const members = useMembers();
  const [bank, setBank] = useQueryState("bank", parseAsString.withDefault(""));
  const [isNew, setNew] = useQueryState("new", parseAsBoolean.withDefault(false));
  const list = useBankPages({
    banks: bank === "" ? members.map(({ id }) => id) : [bank],
    followMs: REFETCH_MS,
    ...props.list,
  });
  return (
    <>
      <PageHeader
        title={props.title}
        description={props.description}
        actions={
          props.newText !== undefined &&
          !isNew && (
            <Button onPress={() => void setNew(true)}>
              <Icon name="plus" />
              {props.newText}
            </Button>
          )
        }
      />
      {isNew && props.form}
      <div className="mb-3">
        <BankFilter value={bank} onChange={(id) => void setBank(id === "" ? null : id)} />
      </div>
      <div className="flex flex-col gap-3">
        <PartsNotice parts={list.parts} />
        <ListFrame
          isEmpty={list.items.length === 0}
          isReading={list.isReading}
          readingText={t("reading")}
          emptyText={props.emptyText}
          more={list.more}
          moreText={t("more")}
        >
          <DataTable caption={props.title} columns={props.columns}>
            {list.items.map(props.row)}
          </DataTable>
        </ListFrame>
        {props.children}
      </div>
    </>
  );
}

/** A bank in a cell. */
export function BankCell({ id }: { readonly id: string }) {
  const bank = useMember(id);
  return bank === undefined ? id : <BankName bank={bank} />;
}

/** What may be done with a row. */
export function Acts({ children }: { readonly children: ReactNode }) {
  return (
    <td>
      <div data-screen-only className="flex flex-wrap items-center justify-end gap-1">
        {children}
      </div>
    </td>
  );
}
