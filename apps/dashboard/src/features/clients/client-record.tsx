"use client";
import type { ClientDetail, ClientRevision } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMembers, useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Section } from "../../components/section.tsx";
import { Summary } from "../../components/summary.tsx";
import { useDates } from "../../i18n/dates.ts";
import { RepresentativeList } from "./kept-representatives.tsx";

/** Contact and address, and of a company who signs for it. */
export function ClientContact({ client }: { readonly client: ClientDetail }) {
  const fields = useTranslations("client.fields");
  const representatives = useTranslations("representatives");
  const detail = useTranslations("client");
  const place = [client.city, client.state].filter((part) => part !== null).join(" · ");
  const { postalCode } = client;
  return (
    <Section title={detail("contact")}>
      <div className="panel grid gap-x-10 gap-y-4 p-4 md:grid-cols-2">
        <Summary
          facts={[
            [fields("email"), client.email ?? "—"],
            [fields("phone"), client.phone ?? "—"],
            [fields("address"), client.address ?? "—"],
            [fields("city"), place === "" ? "—" : place],
            [
              fields("postalCode"),
              postalCode === null ? "—" : `${postalCode.slice(0, 5)}-${postalCode.slice(5)}`,
            ],
          ]}
        />
        <div className="flex flex-col gap-4">
          {client.kind === "company" && (
            <div>
              <p className="mb-1 text-muted">{representatives("title")}</p>
              <RepresentativeList representatives={client.representatives} />
            </div>
          )}
          <p className="text-muted">{detail(client.sharesAccounts ? "shares" : "sharesNot")}</p>
        </div>
      </div>
    </Section>
  );
}

/** The client's accounts at other banks, with how old each bank's word is. */
export function Elsewhere(props: { readonly bank: string; readonly id: string }) {
  const t = useTranslations("client");
  const dates = useDates();
  const members = useMembers();
  const isReachable = useReachable().has(props.bank);
  const queries = useBankQueries()(props.bank);
  const { data } = useQuery(
    queries.clients.elsewhere.queryOptions({ id: props.id }, { enabled: isReachable }),
  );
  const accounts = useTranslations("accounts.kinds");
  if (data === undefined) return null;
  return (
    <Section title={t("elsewhere")} note={t("elsewhereNote")}>
      <div className="panel overflow-x-auto">
        <DataTable
          caption={t("elsewhere")}
          columns={[{ text: t("bank") }, { text: t("accounts") }, { text: t("asOf") }]}
        >
          {data.banks.map(({ bank, status, fetchedAt, accounts: found }) => {
            const member = members.find(({ id }) => id === bank);
            return (
              <tr key={bank}>
                <td>{member && <BankName bank={member} />}</td>
                <td>
                  {found.map(({ number, kind }) => (
                    <span key={number} className="num mr-3 inline-block">
                      {number}{" "}
                      <span className="text-muted">
                        {accounts.has(kind as "checking") ? accounts(kind as "checking") : kind}
                      </span>
                    </span>
                  ))}
                  {found.length === 0 && status !== "unknown" && (
                    <span className="text-muted">{t("noneThere")}</span>
                  )}
                </td>
                <td className={status === "fresh" ? "text-muted" : "text-caution"}>
                  {fetchedAt === null ? t("neverAnswered") : dates.at(fetchedAt)}
                </td>
              </tr>
            );
          })}
        </DataTable>
      </div>
    </Section>
  );
}

/** What the client was before each change, the newest first. */
export function ClientHistory(props: {
  readonly bank: string;
  readonly id: string;
  readonly version: number;
}) {
  const t = useTranslations("client");
  const isReachable = useReachable().has(props.bank);
  const queries = useBankQueries()(props.bank);
  const { data } = useQuery(
    queries.clients.history.queryOptions(
      { id: props.id },
      { enabled: isReachable && props.version > 1 },
    ),
  );
  if (data === undefined || data.revisions.length === 0) return null;
  return (
    <Section title={t("history")}>
      <div className="panel overflow-x-auto">
        <DataTable
          caption={t("history")}
          columns={[{ text: t("changedAt") }, { text: t("changedBy") }, { text: t("changes") }]}
        >
          {data.revisions.map((revision) => (
            <RevisionRow key={revision.version} revision={revision} />
          ))}
        </DataTable>
      </div>
    </Section>
  );
}

function RevisionRow({ revision }: { readonly revision: ClientRevision }) {
  const fields = useTranslations("client.fields");
  const values = useTranslations("client.values");
  const t = useTranslations("client");
  const dates = useDates();
  function name(field: string): string {
    const key = field as Parameters<typeof fields>[0];
    return fields.has(key) ? fields(key) : field;
  }
  /** Consent is kept as true or false, a status by its code. */
  function told(value: string | null): string {
    if (value === null) return t("empty");
    const key = value as Parameters<typeof values>[0];
    return values.has(key) ? values(key) : value;
  }
  return (
    <tr>
      <td className="num align-top! text-muted">{dates.at(revision.changedAt)}</td>
      <td className="num align-top!">{revision.changedBy}</td>
      <td>
        <ul>
          {revision.changes.map(({ field, before, after }) => (
            <li key={field}>
              <span className="text-muted">{name(field)}:</span>{" "}
              <del className="text-subtle">{told(before)}</del>{" "}
              <ins className="no-underline">{told(after)}</ins>
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}
