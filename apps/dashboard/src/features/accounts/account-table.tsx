"use client";
import type { AccountView } from "@pacto/contract";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember } from "../../banks/banks.tsx";
import { useMoney } from "../../i18n/money.ts";

/** Accounts, one a line: whose, where, and what may be taken now. */
export function AccountTable({ accounts }: { readonly accounts: readonly AccountView[] }) {
  const t = useTranslations("accounts");
  return (
    <table className="data-table">
      <caption className="sr-only">{t("title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("number")}</th>
          <th scope="col">{t("holders")}</th>
          <th scope="col" className="max-md:hidden">
            {t("kind")}
          </th>
          <th scope="col">{t("bank")}</th>
          <th scope="col" className="text-right! max-md:hidden">
            {t("ledger")}
          </th>
          <th scope="col" className="text-right!">
            {t("available")}
          </th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <AccountRow key={`${account.bank}/${account.number}`} account={account} />
        ))}
      </tbody>
    </table>
  );
}

function AccountRow({ account }: { readonly account: AccountView }) {
  const t = useTranslations("accounts");
  const money = useMoney();
  const bank = useMember(account.bank);
  return (
    <tr>
      <td className="num">
        <Link href={`/accounts/${account.bank}/${account.number}`} className="text-link">
          {account.number}
        </Link>
        {account.status !== "active" && (
          <span className="ml-2 text-xs text-caution">{t(`statuses.${account.status}`)}</span>
        )}
      </td>
      <td>{holderNames(account)}</td>
      <td className="max-md:hidden">{t(`kinds.${account.kind}`)}</td>
      <td>{bank && <BankName bank={bank} />}</td>
      <td className="num text-right max-md:hidden">{money(account.ledgerCentavos)}</td>
      <td className="num text-right font-medium">{money(account.availableCentavos)}</td>
    </tr>
  );
}

export function holderNames(account: Pick<AccountView, "holders">): string {
  return account.holders.map(({ name }) => name).join(" & ");
}
