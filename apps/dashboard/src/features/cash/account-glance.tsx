"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { useMoney } from "../../i18n/money.ts";
import { holderNames } from "../accounts/account-table.tsx";

/** The chosen account's balances, beside the form that will change them. */
export function AccountGlance(props: { readonly bank: string; readonly number: string }) {
  const t = useTranslations("account");
  const money = useMoney();
  const isReachable = useReachable().has(props.bank);
  const queries = useBankQueries()(props.bank);
  const { data, error, dataUpdatedAt } = useQuery(
    queries.accounts.get.queryOptions(
      { number: props.number },
      { enabled: isReachable, ...following(3_000) },
    ),
  );
  return (
    <>
      <ReadProblem
        bank={props.bank}
        error={error}
        readAt={data === undefined ? null : dataUpdatedAt}
      />
      {data !== undefined && (
        <section aria-label={t("balances")} className="panel px-4 py-3">
          <h2 className="font-semibold">{holderNames(data.account)}</h2>
          <p className="num text-xs text-muted">{t("title", { number: props.number })}</p>
          <dl className="num mt-3 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
            <dt className="text-muted">{t("ledger")}</dt>
            <dd className="text-right">{money(data.account.ledgerCentavos)}</dd>
            <dt className="text-muted">{t("held")}</dt>
            <dd className="text-right">{money(data.account.heldCentavos)}</dd>
            <dt className="text-muted">{t("incoming")}</dt>
            <dd className="text-right">{money(data.account.incomingCentavos)}</dd>
            <dt className="font-medium">{t("available")}</dt>
            <dd className="text-right font-semibold">{money(data.account.availableCentavos)}</dd>
          </dl>
        </section>
      )}
    </>
  );
}
