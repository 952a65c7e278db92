"use client";
import { useTranslations } from "next-intl";
import { useBanks } from "../../banks/banks.tsx";
import { ActionLink } from "../../components/action-link.tsx";
import { Icon } from "../../components/icon.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { BankCard } from "./bank-card.tsx";
import { useBankFigures } from "./bank-figures.ts";
import { RecentTransfers } from "./recent-transfers.tsx";
import { Totals } from "./totals.tsx";

export function Overview() {
  const t = useTranslations("overview");
  const banks = useBanks();
  const figures = useBankFigures();
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <ActionLink href="/transfers/new" variant="primary">
            <Icon name="plus" />
            {t("newTransfer")}
          </ActionLink>
        }
      />
      <div className="flex flex-col gap-6">
        <Totals figures={figures} />
        <section aria-labelledby="banks-heading">
          <h2 id="banks-heading" className="mb-2 font-semibold">
            {t("banks")}
          </h2>
          <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
            {banks.map((bank, at) => {
              const known = figures[at];
              return known && <BankCard key={bank.id} bank={bank} figures={known} />;
            })}
          </ul>
        </section>
        <RecentTransfers />
      </div>
    </>
  );
}
