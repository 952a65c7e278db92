"use client";
import { type LabState, type LinkState, linkStates } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { BankMark } from "../../banks/bank-mark.tsx";
import { useMembers } from "../../banks/banks.tsx";
import type { BankMember } from "../../banks/member.ts";
import type { Lab } from "./lab-watch.ts";

const inks: Record<LinkState, string> = {
  fine: "text-subtle",
  slow: "bg-caution/15 text-caution",
  twice: "bg-accent/12 text-accent",
  deaf: "bg-negative/10 text-negative",
  cut: "bg-negative/20 text-negative",
};
const signs: Record<LinkState, string> = {
  fine: "·",
  slow: "1 s",
  twice: "×2",
  deaf: "◁",
  cut: "✕",
};

/** Who sends to whom over what kind of link: rows send, columns receive. */
export function LinkMatrix({ lab, state }: { readonly lab: Lab; readonly state: LabState }) {
  const t = useTranslations("lab");
  const members = useMembers();
  const [brush, setBrush] = useState<LinkState>("cut");
  const [isOneWay, setOneWay] = useState(false);
  const stateOf = (from: string, to: string): LinkState =>
    state.links.find((link) => link.from === from && link.to === to)?.state ?? "fine";
  return (
    <section aria-labelledby="links-heading" className="panel px-4 py-3.5">
      <h2 id="links-heading" className="font-semibold">
        {t("links.title")}
      </h2>
      <Brush kind={brush} onKind={setBrush} isOneWay={isOneWay} onOneWay={setOneWay} />
      <div className="mt-2 overflow-x-auto">
        <table className="border-separate border-spacing-1">
          <caption className="sr-only">{t("links.caption")}</caption>
          <thead>
            <tr>
              <td />
              {members.map((bank) => (
                <th key={bank.id} scope="col" className="px-1 text-center">
                  <BankMark bank={bank} />
                  <span className="sr-only">{bank.name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {members.map((from) => (
              <tr key={from.id}>
                <th scope="row">
                  <BankMark bank={from} />
                  <span className="sr-only">{from.name}</span>
                </th>
                {members.map((to) => {
                  if (from.id === to.id) return <td key={to.id} />;
                  const now = stateOf(from.id, to.id);
                  return (
                    <td key={to.id} className="p-0">
                      <LinkButton
                        lab={lab}
                        from={from}
                        to={to}
                        now={now}
                        next={now === brush ? "fine" : brush}
                        isOneWay={isOneWay}
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Brush(props: {
  readonly kind: LinkState;
  readonly onKind: (kind: LinkState) => void;
  readonly isOneWay: boolean;
  readonly onOneWay: (isOneWay: boolean) => void;
}) {
  const t = useTranslations("lab");
  const names = useTranslations("lab.linkStates");
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
      <div role="radiogroup" aria-label={t("links.brush")} className="flex flex-wrap gap-x-3">
        {linkStates.map((kind) => (
          <label key={kind} className="flex cursor-pointer items-center gap-1.5 text-xs">
            <input
              type="radio"
              name="link-brush"
              className="accent-accent"
              checked={props.kind === kind}
              onChange={() => props.onKind(kind)}
            />
            {names(kind)}
          </label>
        ))}
      </div>
      <label className="flex cursor-pointer items-center gap-1.5 text-xs">
        <input
          type="checkbox"
          className="accent-accent"
          checked={props.isOneWay}
          onChange={(event) => props.onOneWay(event.target.checked)}
        />
        {t("links.oneWay")}
      </label>
    </div>
  );
}

function LinkButton(props: {
  readonly lab: Lab;
  readonly from: BankMember;
  readonly to: BankMember;
  readonly now: LinkState;
  readonly next: LinkState;
  readonly isOneWay: boolean;
}) {
  const { lab, from, to, now, next, isOneWay } = props;
  const t = useTranslations("lab");
  const names = useTranslations("lab.linkStates");
  return (
    <button
      type="button"
      disabled={lab.isBusy}
      aria-label={t("links.bend", {
        from: from.name,
        to: to.name,
        now: names(now),
        next: names(next),
      })}
      onClick={() => void lab.act({ do: "link", from: from.id, to: to.id, state: next, isOneWay })}
      className={`num h-7 w-11 cursor-pointer rounded border border-border text-xs font-medium
        hover:bg-default focus-visible:outline-2 focus-visible:outline-focus ${inks[now]}`}
    >
      {signs[now]}
    </button>
  );
}
