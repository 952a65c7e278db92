"use client";
import type { PixRequestView } from "@pacto/contract";
import { useLocale, useTranslations } from "next-intl";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import { AgreementForm } from "./agreement-form.tsx";
import { Acts, AgreementList, BankCell, type Told } from "./agreement-list.tsx";
import { ConfirmedAct } from "./confirmed-act.tsx";
import { centavosOf, targetOf } from "./fields.ts";

const PAGE = 25;

/** Charges that clients send to clients of other banks, who pay or decline at their own teller. */
export function RequestDesk() {
  const t = useTranslations("agreements.requests");
  return (
    <AgreementList<PixRequestView>
      title={t("title")}
      description={t("description")}
      newText={t("new")}
      form={<NewRequest />}
      emptyText={t("none")}
      columns={[
        { text: t("bank") },
        { text: t("payee") },
        { text: t("payer") },
        { text: t("amount"), isFigure: true },
        { text: t("state") },
        { text: t("until"), isWide: true },
        { text: t("acts"), isFigure: true },
      ]}
      list={{
        key: ["pix", "requests"],
        instantOf: ({ createdAt }) => createdAt,
        read: async (client, cursor, signal, at) => {
          const page = await client.pix.requests.list.query({ limit: PAGE, cursor }, { signal });
          return {
            items: page.requests.map((request) => ({ ...request, at })),
            nextCursor: page.nextCursor,
          };
        },
      }}
      row={(one) => <RequestRow key={`${one.at}/${one.id}/${one.side}`} row={one} />}
    />
  );
}

function NewRequest() {
  const t = useTranslations("agreements.requests");
  const locale = useLocale();
  return (
    <AgreementForm
      name="pix-request"
      title={t("new")}
      accountLabel={t("receiver")}
      doneText={t("done")}
      fields={[
        { name: "payer", label: t("payer"), kind: "text", hint: t("payerHint"), maxLength: 100 },
        { name: "amount", label: t("amount"), kind: "money" },
        { name: "description", label: t("text"), kind: "text", isOptional: true },
      ]}
      run={(client, { account, texts, idempotencyKey }) =>
        client.pix.requests.send.mutate({
          idempotencyKey,
          account,
          payer: targetOf(texts["payer"] ?? ""),
          amountCentavos: centavosOf(texts["amount"], locale),
          description: texts["description"] ?? "",
        })
      }
    />
  );
}

function RequestRow({ row }: { readonly row: Told<PixRequestView> }) {
  const t = useTranslations("agreements.requests");
  const money = useMoney();
  const dates = useDates();
  const sentence = useRefusalSentence();
  const { payee, payer } = row;
  return (
    <tr>
      <td>
        <BankCell id={row.at} />
        <span className="block text-xs text-muted">{t(`sides.${row.side}`)}</span>
      </td>
      <td>
        {row.payeeName}
        <span className="num block text-xs text-muted">
          <BankCell id={payee.bank} /> {payee.account}
        </span>
      </td>
      <td className="num">
        <BankCell id={payer.bank} /> {payer.account}
      </td>
      <td className="num text-right font-medium">{money(row.amountCentavos)}</td>
      <td>
        {t(`states.${row.state}`)}
        {row.reason && <span className="block text-xs text-muted">{row.reason}</span>}
        {row.refusal !== null && (
          <span className="block text-xs text-negative">{sentence(row.refusal)}</span>
        )}
      </td>
      <td className="num text-muted max-md:hidden">{dates.at(row.expiresAt)}</td>
      <Acts>
        <RequestActs row={row} />
      </Acts>
    </tr>
  );
}

function RequestActs({ row }: { readonly row: Told<PixRequestView> }) {
  const t = useTranslations("agreements.requests");
  const money = useMoney();
  const { at: bank, id, side, state } = row;
  const amount = money(row.amountCentavos);
  if (side === "sender") {
    if (state !== "sent" && state !== "received") return null;
    return (
      <ConfirmedAct
        name={`request:cancel:${id}`}
        bank={bank}
        text={t("cancel")}
        title={t("cancelTitle")}
        run={(client, idempotencyKey) => client.pix.requests.cancel.mutate({ idempotencyKey, id })}
      />
    );
  }
  if (state !== "received") return null;
  return (
    <>
      <ConfirmedAct
        name={`request:accept:${id}`}
        bank={bank}
        text={t("accept")}
        title={t("acceptTitle", { amount })}
        run={(client, idempotencyKey) => client.pix.requests.accept.mutate({ idempotencyKey, id })}
      >
        <p>{t("acceptNote", { name: row.payeeName })}</p>
      </ConfirmedAct>
      <ConfirmedAct
        name={`request:decline:${id}`}
        bank={bank}
        text={t("decline")}
        title={t("declineTitle")}
        fields={[{ name: "reason", label: t("reason"), kind: "text", isOptional: true }]}
        run={(client, idempotencyKey, texts) =>
          client.pix.requests.decline.mutate({
            idempotencyKey,
            id,
            reason: texts["reason"] ?? "",
          })
        }
      />
    </>
  );
}
