"use client";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BankMark } from "../../banks/bank-mark.tsx";
import { BankStateDot } from "../../banks/bank-state-dot.tsx";
import { type Bank, useBanks, useMembers } from "../../banks/banks.tsx";
import { clockOffMs } from "../../banks/clock-off.ts";
import { offlineKey } from "../../banks/health.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { useAge, useNow } from "../../i18n/age.ts";
import { useMoney } from "../../i18n/money.ts";
import type { MemberFacts, Membership } from "./membership.ts";

/** Who belongs to the consortium, who decides, and how each bank is now. */
export function BankList({ membership }: { readonly membership: Membership }) {
  const t = useTranslations("banks");
  const banks = useBanks();
  const { consortium, epoch, witnesses } = membership;
  const majority = Math.floor(witnesses.length / 2) + 1;
  return (
    <>
      <PageHeader title={t("title")} description={t("description", { consortium, epoch })} />
      <p className="panel mb-4 px-4 py-3">
        <span className="font-semibold">{t("decider")}.</span>{" "}
        {witnesses.length === 0 ? t("local") : t("register", { majority, n: witnesses.length })}
      </p>
      <ul className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
        {membership.members.map((facts) => {
          const bank = banks.find(({ id }) => id === facts.id);
          return (
            bank && (
              <MemberCard
                key={facts.id}
                bank={bank}
                facts={facts}
                isWitness={witnesses.includes(facts.id)}
              />
            )
          );
        })}
      </ul>
    </>
  );
}

function MemberCard(props: {
  readonly bank: Bank;
  readonly facts: MemberFacts;
  readonly isWitness: boolean;
}) {
  const { bank, facts } = props;
  const t = useTranslations("banks");
  return (
    <li className="panel flex flex-col gap-3 px-4 py-3.5">
      <div className="flex items-center gap-2.5">
        <BankMark bank={bank} size="md" isDimmed={bank.health.state === "offline"} />
        <h2 className="min-w-0 flex-1 truncate font-semibold">{bank.name}</h2>
        {props.isWitness && (
          <span className="rounded bg-default px-1.5 py-0.5 text-xs text-muted">
            {t("witness")}
          </span>
        )}
      </div>
      <dl
        aria-label={t("facts", { bank: bank.name })}
        className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1"
      >
        <LiveFacts bank={bank} />
        <Fact label={t("ispb")}>
          <span className="num">{facts.ispb}</span>
        </Fact>
        <Fact label={t("keys")}>
          <span className="font-mono text-xs break-all">{facts.keyId ?? "–"}</span>
          {facts.pastKeys > 0 && (
            <span className="text-muted"> {t("past", { n: facts.pastKeys })}</span>
          )}
        </Fact>
        <Fact label={t("caps")}>
          <Caps facts={facts} />
        </Fact>
      </dl>
      <Hearing bank={bank} />
    </li>
  );
}

function LiveFacts({ bank }: { readonly bank: Bank }) {
  const t = useTranslations("banks");
  const states = useTranslations("bankState");
  const age = useAge();
  const now = useNow();
  const { state, since, latencyMs, status, answeredAt } = bank.health;
  const word =
    state === "offline"
      ? states(offlineKey(bank.health), { age: age(now - since) })
      : states(state);
  return (
    <>
      <Fact label={t("state")}>
        <span className="inline-flex items-center gap-1.5">
          <BankStateDot state={state} />
          {word}
          {latencyMs !== null && <span>· {t("ms", { ms: Math.round(latencyMs) })}</span>}
        </span>
      </Fact>
      {status === null || answeredAt === null ? (
        <Fact label={t("version")}>
          <span className="text-muted">{t("never")}</span>
        </Fact>
      ) : (
        <>
          <Fact label={t("database")}>{t(status.database)}</Fact>
          <Fact label={t("inDoubt")}>{status.inDoubt}</Fact>
          <Fact label={t("clock")}>
            {t("clockOff", { ms: Math.abs(clockOffMs(bank.health) ?? 0) })}
          </Fact>
          <Fact label={t("version")}>
            {status.version} · {t("incarnation")} {status.incarnation}
          </Fact>
        </>
      )}
    </>
  );
}

function Caps({ facts }: { readonly facts: MemberFacts }) {
  const t = useTranslations("banks");
  const money = useMoney();
  const format = useFormatter();
  const { openPerPeer, heldPerPeerCentavos } = facts.caps;
  const parts = [
    ...(openPerPeer === undefined ? [] : [t("open", { n: format.number(openPerPeer) })]),
    ...(heldPerPeerCentavos === undefined
      ? []
      : [t("held", { amount: money(heldPerPeerCentavos) })]),
  ];
  return parts.length === 0 ? t("noCaps") : parts.join(" · ");
}

/** Which other banks this one hears: who is cut off from whom. */
function Hearing({ bank }: { readonly bank: Bank }) {
  const t = useTranslations("banks");
  const age = useAge();
  const now = useNow();
  const members = useMembers();
  const peers = bank.health.status?.peers ?? [];
  return (
    <div className="mt-auto flex items-center justify-between gap-3 border-t border-separator pt-2.5">
      <span className="text-muted">{t("peers")}</span>
      <ul className="flex gap-1">
        {peers.map((peer) => {
          const member = members.find(({ id }) => id === peer.bank);
          if (member === undefined) return null;
          const isHeard = peer.reachable === true && peer.lastContactAt !== null;
          const words = isHeard
            ? t("hears", {
                bank: member.name,
                age: age(now - new Date(peer.lastContactAt ?? now).getTime()),
              })
            : t("hearsNot", { bank: member.name });
          return (
            <li key={peer.bank} title={words}>
              <BankMark bank={member} isDimmed={!isHeard} />
              <span className="sr-only">{words}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 text-right">{children}</dd>
    </>
  );
}
