"use client";
import { useTranslations } from "next-intl";
import { useBanks, useMembers } from "../../banks/banks.tsx";
import { ActionLink } from "../../components/action-link.tsx";
import { Icon } from "../../components/icon.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useTransfers } from "../transfers/transfers.ts";
import { ActivityPanel } from "./activity-panel.tsx";
import { BankCard } from "./bank-card.tsx";
import { useBankFigures } from "./bank-figures.ts";
import { ConsortiumMap } from "./consortium-map.tsx";
import { InvariantMeter } from "./invariant-meter.tsx";
import { usePulses } from "./pulses.ts";
import { RecentTransfers } from "./recent-transfers.tsx";
import { Totals } from "./totals.tsx";

const READ = 40;

export function Overview() {
  const t = useTranslations("overview");
  const banks = useBanks();
  const figures = useBankFigures();
  const members = useMembers().map(({ id }) => id);
  const { items, isReading } = useTransfers(members, false, READ);
  const pulses = usePulses(items);
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
      <div className="flex flex-col gap-4">
        <Totals figures={figures} />
        <div className="grid gap-4 lg:grid-cols-[3fr_2fr]">
          <section aria-labelledby="map-heading" className="panel px-4 py-3.5">
            <h2 id="map-heading" className="text-xs text-muted">
              {t("links")}
            </h2>
            <ConsortiumMap pulses={pulses} />
          </section>
          <InvariantMeter figures={figures} />
        </div>
        <RecentTransfers transfers={items} isReading={isReading} />
        <ActivityPanel transfers={items} />
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
      </div>
    </>
  );
}
