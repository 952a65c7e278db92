"use client";
import type { PixReturnHoldView, PixReturnView } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { useMembers } from "../../banks/banks.tsx";
import { useBankPages } from "../../banks/bank-pages.ts";
import { DataTable } from "../../components/data-table.tsx";
import { Section } from "../../components/section.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { AgreementForm } from "./agreement-form.tsx";
import { Acts, AgreementList, BankCell, type Told } from "./agreement-list.tsx";
import { ConfirmedAct } from "./confirmed-act.tsx";
import { ReturnGraph } from "./return-graph.tsx";

const PAGE = 25;
const REFETCH_MS = 3_000;

/** PIX reported as frauds: where the money went, what is blocked, and what auditors decide. */
export function ReturnDesk() {
  const t = useTranslations("agreements.returns");
  return (
    <AgreementList<PixReturnView>
      title={t("title")}
      description={t("description")}
      newText={t("new")}
      form={<NewReturn />}
      emptyText={t("none")}
      columns={[
        { text: t("bank") },
        { text: t("pix") },
        { text: t("amount"), isFigure: true },
        { text: t("heldNow"), isFigure: true },
        { text: t("back"), isFigure: true },
        { text: t("graph") },
      ]}
      list={{
        key: ["pix", "returns"],
        instantOf: ({ createdAt }) => createdAt,
        read: async (client, cursor, signal, at) => {
          const page = await client.pix.returns.list.query({ limit: PAGE, cursor }, { signal });
          return {
            items: page.returns.map((one) => ({ ...one, at })),
            nextCursor: page.nextCursor,
          };
        },
      }}
      row={(one) => <ReturnRow key={`${one.at}/${one.id}`} row={one} />}
    >
      <HeldHere />
    </AgreementList>
  );
}

function NewReturn() {
  const t = useTranslations("agreements.returns");
  return (
    <AgreementForm
      name="pix-return"
      title={t("new")}
      accountLabel={t("payer")}
      doneText={t("done")}
      fields={[
        { name: "e2e", label: t("endToEndId"), kind: "text", hint: t("e2eHint"), maxLength: 32 },
        {
          name: "reason",
          label: t("reason"),
          kind: "choice",
          options: [
            { id: "FR01", text: t("reasons.FR01") },
            { id: "BE08", text: t("reasons.BE08") },
          ],
        },
        { name: "description", label: t("whatHappened"), kind: "text" },
      ]}
      run={(client, { account, texts, idempotencyKey }) =>
        client.pix.returns.report.mutate({
          idempotencyKey,
          account,
          endToEndId: (texts["e2e"] ?? "").trim(),
          reason: texts["reason"] === "BE08" ? "BE08" : "FR01",
          description: texts["description"] ?? "",
        })
      }
    />
  );
}

function ReturnRow({ row }: { readonly row: Told<PixReturnView> }) {
  const t = useTranslations("agreements.returns");
  const money = useMoney();
  const dates = useDates();
  return (
    <tr className="align-top">
      <td>
        <BankCell id={row.at} />
        <span className="num block text-xs text-muted">{row.account}</span>
      </td>
      <td>
        <span className="num break-all">{row.endToEndId}</span>
        <span className="block text-xs text-muted">
          {dates.at(row.createdAt)} · {t(`reasons.${row.reason}`)} · {row.description}
        </span>
      </td>
      <td className="num text-right">{money(row.amountCentavos)}</td>
      <td className="num text-right">{money(row.heldCentavos)}</td>
      <td className="num text-right font-medium">{money(row.returnedCentavos)}</td>
      <td>
        <ReturnGraph nodes={row.nodes} />
      </td>
    </tr>
  );
}

/** What banks block until one of their auditors has decided. */
function HeldHere() {
  const t = useTranslations("agreements.returns");
  const members = useMembers();
  const list = useBankPages<Told<PixReturnHoldView>>({
    banks: members.map(({ id }) => id),
    key: ["pix", "return-holds"],
    instantOf: ({ createdAt }) => createdAt,
    followMs: REFETCH_MS,
    read: async (client, cursor, signal, at) => {
      const page = await client.pix.returns.holds.query({ limit: PAGE, cursor }, { signal });
      return { items: page.holds.map((hold) => ({ ...hold, at })), nextCursor: page.nextCursor };
    },
  });
  const holds = list.items.filter(
    ({ heldCentavos, stillSoughtCentavos }) => heldCentavos + stillSoughtCentavos > 0,
  );
  if (holds.length === 0) return null;
  return (
    <Section title={t("held")} note={t("heldNote")}>
      <div className="panel overflow-x-auto">
        <DataTable
          caption={t("held")}
          columns={[
            { text: t("bank") },
            { text: t("pix") },
            { text: t("heldNow"), isFigure: true },
            { text: t("state") },
            { text: t("decideBy") },
            { text: t("acts"), isFigure: true },
          ]}
        >
          {holds.map((hold) => (
            <HoldRow key={`${hold.at}/${hold.id}`} row={hold} />
          ))}
        </DataTable>
      </div>
    </Section>
  );
}

function HoldRow({ row }: { readonly row: Told<PixReturnHoldView> }) {
  const t = useTranslations("agreements.returns");
  const money = useMoney();
  const dates = useDates();
  const amount = money(row.heldCentavos);
  return (
    <tr>
      <td>
        <BankCell id={row.at} />
        <span className="num block text-xs text-muted">{row.account}</span>
      </td>
      <td>
        <span className="num break-all">{row.endToEndId}</span>
        <span className="block text-xs text-muted">{row.description}</span>
      </td>
      <td className="num text-right font-medium">{amount}</td>
      <td>
        {t(`nodes.${row.state}`, { amount })}
        {row.watchUntil !== null && (
          <span className="block text-xs text-muted">
            {t("watched", {
              amount: money(row.stillSoughtCentavos),
              day: dates.at(row.watchUntil),
            })}
          </span>
        )}
        {row.note !== null && <span className="block text-xs text-muted">{row.note}</span>}
      </td>
      <td className={`num ${row.isOverdue ? "text-negative" : "text-muted"}`}>
        {row.decideBy === null ? "—" : dates.at(row.decideBy)}
      </td>
      <Acts>
        {row.state === "held" &&
          (["accept", "reject"] as const).map((verb) => (
            <ConfirmedAct
              key={verb}
              name={`return:${verb}:${row.id}`}
              bank={row.at}
              text={t(verb)}
              title={t(`${verb}Title`, { amount })}
              fields={[{ name: "note", label: t("note"), kind: "text" }]}
              run={(client, idempotencyKey, texts) =>
                client.pix.returns.decide.mutate({
                  idempotencyKey,
                  id: row.id,
                  isAccepted: verb === "accept",
                  note: texts["note"] ?? "",
                })
              }
            />
          ))}
      </Acts>
    </tr>
  );
}
