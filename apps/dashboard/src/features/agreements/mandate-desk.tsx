"use client";
import type { PixMandateView } from "@pacto/contract";
import { useLocale, useTranslations } from "next-intl";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import { AgreementForm } from "./agreement-form.tsx";
import { Acts, AgreementList, BankCell, type Told } from "./agreement-list.tsx";
import { ConfirmedAct } from "./confirmed-act.tsx";
import { everyId, useEvery } from "./every.ts";
import { accountOf, centavosOf } from "./fields.ts";

const PAGE = 25;

/** Automatic debits: what payers allowed, and what is taken by it. */
export function MandateDesk() {
  const t = useTranslations("agreements.mandates");
  return (
    <AgreementList<PixMandateView>
      title={t("title")}
      description={t("description")}
      newText={t("new")}
      form={<NewMandate />}
      emptyText={t("none")}
      columns={[
        { text: t("bank") },
        { text: t("receiver") },
        { text: t("payer") },
        { text: t("terms") },
        { text: t("state") },
        { text: t("lastCharge"), isWide: true },
        { text: t("acts"), isFigure: true },
      ]}
      list={{
        key: ["pix", "mandates"],
        instantOf: ({ createdAt }) => createdAt,
        read: async (client, cursor, signal, at) => {
          const page = await client.pix.mandates.list.query({ limit: PAGE, cursor }, { signal });
          return {
            items: page.mandates.map((mandate) => ({ ...mandate, at })),
            nextCursor: page.nextCursor,
          };
        },
      }}
      row={(one) => <MandateRow key={`${one.at}/${one.id}/${one.side}`} row={one} />}
    />
  );
}

function NewMandate() {
  const t = useTranslations("agreements.mandates");
  const locale = useLocale();
  const every = useEvery();
  return (
    <AgreementForm
      name="pix-mandate"
      title={t("new")}
      accountLabel={t("receiver")}
      doneText={t("done")}
      fields={[
        { name: "payer", label: t("payer"), kind: "text", hint: t("payerHint"), maxLength: 60 },
        {
          name: "kind",
          label: t("kind"),
          kind: "choice",
          options: [
            { id: "fixed", text: t("fixed") },
            { id: "ceiling", text: t("ceiling") },
          ],
        },
        { name: "amount", label: t("amount"), kind: "money" },
        { name: "every", label: t("every"), kind: "choice", options: every },
        { name: "from", label: t("startsOn"), kind: "date" },
        { name: "until", label: t("endsOn"), kind: "date", isOptional: true },
        { name: "description", label: t("text"), kind: "text", isOptional: true },
      ]}
      run={(client, { account, texts, idempotencyKey }) => {
        const amountCentavos = centavosOf(texts["amount"], locale);
        const isFixed = texts["kind"] === "fixed";
        return client.pix.mandates.propose.mutate({
          idempotencyKey,
          account,
          payer: accountOf(texts["payer"] ?? "") ?? { bank: "", account: texts["payer"] ?? "" },
          terms: {
            fixedCentavos: isFixed ? amountCentavos : null,
            ceilingCentavos: isFixed ? null : amountCentavos,
            every: everyId(texts["every"]),
            startsOn: texts["from"] ?? "",
            endsOn: (texts["until"] ?? "") === "" ? null : (texts["until"] ?? null),
            description: texts["description"] ?? "",
          },
        });
      }}
    />
  );
}

function MandateRow({ row }: { readonly row: Told<PixMandateView> }) {
  const t = useTranslations("agreements.mandates");
  const everies = useTranslations("agreements.every");
  const money = useMoney();
  const dates = useDates();
  const sentence = useRefusalSentence();
  const { terms, receiver, payer } = row;
  const [last] = row.charges;
  return (
    <tr>
      <td>
        <BankCell id={row.at} />
        <span className="block text-xs text-muted">{t(`sides.${row.side}`)}</span>
      </td>
      <td>
        {row.receiverName}
        <span className="num block text-xs text-muted">
          <BankCell id={receiver.bank} /> {receiver.account}
        </span>
      </td>
      <td className="num">
        <BankCell id={payer.bank} /> {payer.account}
      </td>
      <td className="num">
        {terms.fixedCentavos === null
          ? t("upTo", { amount: money(terms.ceilingCentavos ?? 0) })
          : money(terms.fixedCentavos)}
        <span className="block text-xs text-muted">{everies(terms.every)}</span>
      </td>
      <td>
        {t(`states.${row.state}`)}
        {row.refusal !== null && (
          <span className="block text-xs text-negative">{sentence(row.refusal)}</span>
        )}
      </td>
      <td className="num text-muted max-md:hidden">
        {last === undefined
          ? "—"
          : `${dates.day(last.dueOn)} · ${money(last.amountCentavos)} · ${t(`charges.${last.state}`)}`}
      </td>
      <Acts>
        <MandateActs row={row} />
      </Acts>
    </tr>
  );
}

function MandateActs({ row }: { readonly row: Told<PixMandateView> }) {
  const t = useTranslations("agreements.mandates");
  const locale = useLocale();
  const { at: bank, id, side, state } = row;
  if (state !== "proposed" && state !== "active") return null;
  return (
    <>
      {side === "payer" &&
        state === "proposed" &&
        (["accept", "reject"] as const).map((verb) => (
          <ConfirmedAct
            key={verb}
            name={`mandate:${verb}:${id}`}
            bank={bank}
            text={t(verb)}
            title={t(`${verb}Title`)}
            run={(client, idempotencyKey) =>
              client.pix.mandates[verb].mutate({ idempotencyKey, id })
            }
          >
            <p>{t(`${verb}Note`)}</p>
          </ConfirmedAct>
        ))}
      {side === "receiver" && state === "active" && (
        <ConfirmedAct
          name={`mandate:charge:${id}`}
          bank={bank}
          text={t("charge")}
          title={t("chargeTitle")}
          fields={[
            { name: "amount", label: t("amount"), kind: "money" },
            { name: "on", label: t("dueOn"), kind: "date" },
          ]}
          run={(client, idempotencyKey, texts) =>
            client.pix.mandates.charge.mutate({
              idempotencyKey,
              id,
              dueOn: texts["on"] ?? "",
              amountCentavos: centavosOf(texts["amount"], locale),
            })
          }
        />
      )}
      <ConfirmedAct
        name={`mandate:cancel:${id}:${side}`}
        bank={bank}
        text={t("cancel")}
        title={t("cancelTitle")}
        run={(client, idempotencyKey) =>
          client.pix.mandates.cancel.mutate({ idempotencyKey, id, side })
        }
      >
        <p>{t("cancelNote")}</p>
      </ConfirmedAct>
    </>
  );
}
