"use client";
import { Button } from "@heroui/react/button";
import type { AuditEventView } from "@pacto/contract";
import { useFormatter, useTranslations } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";
import { BankFilter } from "../../banks/bank-filter.tsx";
import { BankName } from "../../banks/bank-mark.tsx";
import { useBankPages } from "../../banks/bank-pages.ts";
import { useMember, useMembers } from "../../banks/banks.tsx";
import { PartsNotice } from "../../banks/parts-notice.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { useDebounced } from "../../components/debounced.ts";
import { ListFrame } from "../../components/list-frame.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { saveCsv, saveJson } from "./save-events.ts";

const PAGE = 50;
const text = parseAsString.withDefault("");
const fields = ["actor", "action", "subject", "text"] as const;

interface BankEvent {
  readonly bank: string;
  /** JSON leaves out what is undefined, so to TypeScript the details may be missing. */
  readonly event: Omit<AuditEventView, "details"> & { readonly details?: unknown };
}

/** What was done at one bank or at all: searched, filtered, exported. */
export function EventList() {
  const t = useTranslations("audit.events");
  const members = useMembers();
  const [filter, setFilter] = useQueryStates({
    bank: text,
    actor: text,
    action: text,
    subject: text,
    text,
    from: text,
    to: text,
  });
  const asked = useDebounced(JSON.stringify(filterOf(filter)));
  const list = useBankPages<BankEvent>({
    banks: filter.bank === "" ? members.map(({ id }) => id) : [filter.bank],
    key: ["audit", asked],
    instantOf: ({ event }) => event.at,
    read: async (client, cursor, signal) => {
      const wanted = JSON.parse(asked) as ReturnType<typeof filterOf>;
      const input = { ...wanted, limit: PAGE, cursor };
      const page = await client.audit.events.query(input, { signal });
      const items = page.events.map((event) => ({ bank: page.bank, event }));
      return { items, nextCursor: page.nextCursor };
    },
  });
  const set = (name: keyof typeof filter) => (value: string) =>
    void setFilter({ [name]: value === "" ? null : value });
  return (
    <section aria-labelledby="events-heading" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="events-heading" className="font-semibold">
          {t("title")}
        </h2>
        <div className="flex gap-2" data-screen-only>
          <Button
            size="sm"
            variant="ghost"
            isDisabled={filter.bank === ""}
            onPress={() => void saveCsv(filter.bank, filterOf(filter))}
          >
            {t("csv")}
          </Button>
          <Button size="sm" variant="ghost" onPress={() => saveJson(list.items)}>
            {t("json")}
          </Button>
        </div>
      </div>
      <EventFilters filter={filter} onChange={set} />
      <PartsNotice parts={list.parts} />
      <ListFrame
        isEmpty={list.items.length === 0}
        isReading={list.isReading}
        readingText={t("reading")}
        emptyText={t("none")}
        more={list.more}
        moreText={t("more")}
      >
        <EventTable events={list.items} />
      </ListFrame>
    </section>
  );
}

type Filter = Wanted & { readonly bank: string };

function EventFilters(props: {
  readonly filter: Filter;
  readonly onChange: (name: keyof Filter) => (value: string) => void;
}) {
  const { filter, onChange: set } = props;
  const t = useTranslations("audit.events");
  return (
    <>
      <BankFilter value={filter.bank} onChange={set("bank")} />
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3" data-screen-only>
        {fields.map((name) => (
          <TextInput
            key={name}
            label={t(`filters.${name}`)}
            value={filter[name]}
            onChange={set(name)}
          />
        ))}
        {(["from", "to"] as const).map((name) => (
          <TextInput
            key={name}
            input={{ type: "datetime-local" }}
            label={t(`filters.${name}`)}
            value={filter[name]}
            onChange={set(name)}
          />
        ))}
      </div>
    </>
  );
}

function EventTable({ events }: { readonly events: readonly BankEvent[] }) {
  const t = useTranslations("audit.events");
  return (
    <DataTable
      caption={t("title")}
      columns={[
        { text: t("at") },
        { text: t("bank") },
        { text: t("actor") },
        { text: t("action") },
        { text: t("subject") },
      ]}
    >
      {events.map((item) => (
        <EventRow key={`${item.bank}/${item.event.id}`} {...item} />
      ))}
    </DataTable>
  );
}

type Wanted = Readonly<Record<(typeof fields)[number] | "from" | "to", string>>;

/** What is not filled in does not filter; local times become instants. */
function filterOf(filter: Wanted): Record<string, string> {
  const given: Record<string, string> = {};
  for (const name of fields) {
    const value = filter[name].trim();
    if (value !== "") given[name] = value;
  }
  for (const name of ["from", "to"] as const) {
    const at = Date.parse(filter[name]);
    if (!Number.isNaN(at)) given[name] = new Date(at).toISOString();
  }
  return given;
}

function EventRow({ bank: id, event }: BankEvent) {
  const t = useTranslations("audit.events");
  const format = useFormatter();
  const bank = useMember(id);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <tr>
        <td className="num">
          <button
            type="button"
            className="text-link"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {format.dateTime(new Date(event.at), { dateStyle: "short", timeStyle: "medium" })}
          </button>
        </td>
        <td>{bank && <BankName bank={bank} />}</td>
        <td>{event.actor}</td>
        <td className="num">{event.action}</td>
        <td className="num">{event.subject}</td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={5}>
            <p className="text-sm text-muted">
              {t("who", {
                roles: event.roles.join(", ") || "—",
                session: event.session ?? "—",
                address: event.address ?? "—",
                request: event.correlationId ?? "—",
              })}
            </p>
            <pre className="mt-1 overflow-x-auto text-xs whitespace-pre-wrap">
              {JSON.stringify(event.details, null, 2)}
            </pre>
          </td>
        </tr>
      )}
    </>
  );
}
