"use client";
import type { DrawerSessionView } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { parseAsBoolean, parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { BankSwitch, useOneBank } from "../../banks/one-bank.tsx";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { refusalOf } from "../../banks/refusal.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { AllDrawers } from "./all-drawers.tsx";
import { CloseDrawer } from "./close-drawer.tsx";
import { DrawerResult } from "./drawer-result.tsx";
import { Movements } from "./movements.tsx";
import { OwnDrawer } from "./own-drawer.tsx";
import { Vault } from "./vault.tsx";

const REFRESH_MS = 5_000;

/** A teller's own drawer at one bank, and for who supervises, everybody's and the vault. */
export function DrawerPage() {
  const t = useTranslations("drawer");
  const [bank, setBank] = useOneBank();
  return (
    <div className="flex flex-col gap-5 [&>:first-child]:mb-0">
      <PageHeader title={t("title")} description={t("description")} />
      <BankSwitch value={bank} onChange={setBank} />
      <BankDrawer key={bank} bank={bank} />
    </div>
  );
}

function BankDrawer({ bank }: { readonly bank: string }) {
  const t = useTranslations("drawer");
  const isReachable = useReachable().has(bank);
  const queries = useBankQueries()(bank);
  const polled = { enabled: isReachable, ...following(REFRESH_MS) };
  const own = useQuery(queries.cash.drawer.queryOptions(undefined, polled));
  const all = useQuery(queries.cash.drawers.queryOptions({}, polled));
  const [isCounting, setCounting] = useQueryState("count", parseAsBoolean.withDefault(false));
  const [session] = useQueryState("session", parseAsString);
  const [closed, setClosed] = useState<DrawerSessionView | null>(null);
  // Who has no drawer, such as an auditor, still sees those of others.
  const hasOwn = refusalOf(own.error)?.code !== "not-allowed";
  return (
    <>
      <ReadProblem
        bank={bank}
        error={hasOwn ? own.error : null}
        readAt={own.data === undefined ? null : own.dataUpdatedAt}
      />
      {own.isLoading && <Skeleton label={t("reading")} rows={3} />}
      {closed !== null && <DrawerResult session={closed} />}
      {own.data !== undefined &&
        (isCounting && own.data.drawer.isOpen ? (
          <CloseDrawer
            bank={bank}
            onBack={() => void setCounting(null)}
            onClosed={(result) => {
              setClosed(result);
              void setCounting(null);
            }}
          />
        ) : (
          <OwnDrawer
            bank={bank}
            drawer={own.data.drawer}
            onCount={() => {
              setClosed(null);
              void setCounting(true);
            }}
          />
        ))}
      {!isCounting && <Movements bank={bank} session={session} />}
      {all.data !== undefined && !isCounting && (
        <>
          <AllDrawers sessions={all.data.sessions} ownSince={own.data?.drawer.openedAt ?? null} />
          <Vault bank={bank} vaultCentavos={all.data.vaultCentavos} />
        </>
      )}
    </>
  );
}
