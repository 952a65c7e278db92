"use client";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ActionDialog, type ActionForm } from "../../banks/action-dialog.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { Choice } from "../../components/choice.tsx";
import { MoneyField, readAmount } from "../../components/money-field.tsx";
import { Notice } from "../../components/notice.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { useMoney } from "../../i18n/money.ts";

const TELLER = /^[a-z0-9-]{2,31}\/[A-Za-z0-9_.-]{1,100}$/;

const empty = { to: "", amount: "" };
type HandOverDraft = typeof empty;

/** Cash out of one's own drawer into another teller's open one. */
export function HandOver({ bank }: { readonly bank: string }) {
  const t = useTranslations("drawer");
  const locale = useLocale();
  const money = useMoney();
  const [done, setDone] = useState<string | null>(null);
  return (
    <div className="flex flex-col gap-2">
      <ActionDialog<HandOverDraft, { amountCentavos: number }>
        name={`drawer-hand-over:${bank}`}
        bank={bank}
        initial={empty}
        label={t("handOver")}
        title={t("handOver")}
        confirmText={t("doHandOver")}
        isComplete={({ to, amount }) => TELLER.test(to) && readAmount(amount, locale) !== null}
        request={({ to, amount }, idempotencyKey) =>
          bankClient(bank).cash.handOver.mutate({
            idempotencyKey,
            to,
            amountCentavos: Number(readAmount(amount, locale) ?? 0n),
          })
        }
        onDone={({ amountCentavos }, { to }) =>
          setDone(t("handedOver", { amount: money(amountCentavos), teller: to }))
        }
      >
        {(form) => <HandOverFields bank={bank} form={form} />}
      </ActionDialog>
      {done !== null && <Notice tone="positive" announce="soon" title={done} />}
    </div>
  );
}

/** Who supervises picks from the open drawers; a teller, who may not list them, writes the name. */
function HandOverFields(props: {
  readonly bank: string;
  readonly form: ActionForm<HandOverDraft>;
}) {
  const { value, change, tried } = props.form;
  const t = useTranslations("drawer");
  const queries = useBankQueries()(props.bank);
  const { data } = useQuery(queries.cash.drawers.queryOptions({ openOnly: true }));
  const problem = tried && !TELLER.test(value.to) ? t("tellerMissing") : null;
  return (
    <div className="flex flex-col gap-4">
      {data === undefined ? (
        <TextInput
          label={t("to")}
          value={value.to}
          onChange={(to) => change({ to: to.trim() })}
          hint={t("toHint", { bank: props.bank })}
          problem={problem}
          isRequired
          maxLength={120}
        />
      ) : (
        <Choice
          label={t("to")}
          value={value.to === "" ? null : value.to}
          onChange={(to) => change({ to })}
          options={data.sessions.map(({ teller }) => ({ id: teller, text: teller }))}
          placeholder={t("chooseTeller")}
          problem={problem}
          isRequired
        />
      )}
      <MoneyField
        label={t("amount")}
        text={value.amount}
        onText={(amount) => change({ amount })}
        showProblems={tried}
        isRequired
      />
    </div>
  );
}
