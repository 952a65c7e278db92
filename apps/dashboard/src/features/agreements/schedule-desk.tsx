"use client";
import type { PixScheduleView } from "@pacto/contract";
import { useLocale, useTranslations } from "next-intl";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import { AgreementForm } from "./agreement-form.tsx";
import { Acts, AgreementList, BankCell, type Told } from "./agreement-list.tsx";
import { ConfirmedAct } from "./confirmed-act.tsx";
import { everyId, useEvery } from "./every.ts";
import { centavosOf, targetOf } from "./fields.ts";

const PAGE = 25;

/** PIX ordered for later days, with what became of each. */
export function ScheduleDesk() {
  const t = useTranslations("agreements.schedules");
  return (
    <AgreementList<PixScheduleView>
      title={t("title")}
      description={t("description")}
      newText={t("new")}
      form={<NewSchedule />}
      emptyText={t("none")}
      columns={[
        { text: t("account") },
        { text: t("payee") },
        { text: t("amount"), isFigure: true },
        { text: t("every") },
        { text: t("next") },
        { text: t("state") },
        { text: t("acts"), isFigure: true },
      ]}
      list={{
        key: ["pix", "schedules"],
        instantOf: ({ createdAt }) => createdAt,
        read: async (client, cursor, signal, at) => {
          const page = await client.pix.schedules.list.query({ limit: PAGE, cursor }, { signal });
          return {
            items: page.schedules.map((schedule) => ({ ...schedule, at })),
            nextCursor: page.nextCursor,
          };
        },
      }}
      row={(schedule) => <ScheduleRow key={`${schedule.at}/${schedule.id}`} row={schedule} />}
    />
  );
}

function NewSchedule() {
  const t = useTranslations("agreements.schedules");
  const locale = useLocale();
  const every = useEvery();
  return (
    <AgreementForm
      name="pix-schedule"
      title={t("new")}
      accountLabel={t("payer")}
      doneText={t("done")}
      fields={[
        { name: "to", label: t("payee"), kind: "text", hint: t("payeeHint"), maxLength: 100 },
        { name: "amount", label: t("amount"), kind: "money" },
        { name: "on", label: t("firstOn"), kind: "date" },
        { name: "every", label: t("every"), kind: "choice", options: every },
        { name: "description", label: t("text"), kind: "text", isOptional: true },
      ]}
      run={(client, { account, texts, idempotencyKey }) =>
        client.pix.schedules.create.mutate({
          idempotencyKey,
          account,
          to: targetOf(texts["to"] ?? ""),
          amountCentavos: centavosOf(texts["amount"], locale),
          firstOn: texts["on"] ?? "",
          every: everyId(texts["every"]),
          description: texts["description"] ?? "",
        })
      }
    />
  );
}

function ScheduleRow({ row }: { readonly row: Told<PixScheduleView> }) {
  const t = useTranslations("agreements.schedules");
  const everies = useTranslations("agreements.every");
  const money = useMoney();
  const dates = useDates();
  const sentence = useRefusalSentence();
  const { payee, every } = row;
  const [last] = row.happenings;
  const isWaiting = last?.status === "waiting";
  return (
    <tr>
      <td>
        <BankCell id={row.at} />
        <span className="num block text-xs text-muted">{row.account}</span>
      </td>
      <td>
        <span className="break-all">{payee.key ?? payee.nameMasked ?? ""}</span>
        <span className="num block text-xs text-muted">
          <BankCell id={payee.bank} /> {payee.account}
        </span>
      </td>
      <td className="num text-right font-medium">{money(row.amountCentavos)}</td>
      <td>{row.mandateId === null ? everies(every) : t("byMandate")}</td>
      <td className="num">{isWaiting ? dates.day(last.dueOn) : "—"}</td>
      <td>
        {last === undefined ? t(`states.${row.status}`) : t(`happenings.${last.status}`)}
        {last?.refusal && (
          <span className="block text-xs text-negative">{sentence(last.refusal)}</span>
        )}
      </td>
      <Acts>
        {row.status === "active" && (
          <ConfirmedAct
            name={`schedule:cancel:${row.id}`}
            bank={row.at}
            text={t("cancel")}
            title={t("cancelTitle")}
            run={(client, idempotencyKey) =>
              client.pix.schedules.cancel.mutate({ idempotencyKey, id: row.id })
            }
          >
            <p>{t("cancelNote")}</p>
          </ConfirmedAct>
        )}
      </Acts>
    </tr>
  );
}
