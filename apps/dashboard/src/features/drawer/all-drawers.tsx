"use client";
import type { DrawerSessionView } from "@pacto/contract";
import { useFormatter, useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { Section } from "../../components/section.tsx";
import { useMoney } from "../../i18n/money.ts";

/**
 * The newest drawers of all tellers; one opens to its movements. What should lie in one's own open
 * drawer is not told: its count is blind for who supervises too.
 */
export function AllDrawers(props: {
  readonly sessions: readonly DrawerSessionView[];
  /** When one's own open drawer was opened. */
  readonly ownSince: string | null;
}) {
  const { sessions, ownSince } = props;
  const t = useTranslations("drawer");
  return (
    <Section title={t("all")} note={t("allNote")}>
      {sessions.length === 0 ? (
        <div className="panel px-4 py-10 text-center text-muted">{t("noDrawers")}</div>
      ) : (
        <div className="panel overflow-x-auto">
          <table className="data-table">
            <caption className="sr-only">{t("all")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("teller")}</th>
                <th scope="col">{t("openedAt")}</th>
                <th scope="col" className="max-md:hidden">
                  {t("closedAt")}
                </th>
                <th scope="col" className="text-right! max-md:hidden">
                  {t("float")}
                </th>
                <th scope="col" className="text-right!">
                  {t("expected")}
                </th>
                <th scope="col" className="text-right!">
                  {t("countedFigure")}
                </th>
                <th scope="col" className="text-right!">
                  {t("difference")}
                </th>
              </tr>
            </thead>
            <tbody>
              {sessions.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  isBlind={session.closedAt === null && session.openedAt === ownSince}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function SessionRow(props: { readonly session: DrawerSessionView; readonly isBlind: boolean }) {
  const { session } = props;
  const t = useTranslations("drawer");
  const money = useMoney();
  const format = useFormatter();
  const [shown, setShown] = useQueryState("session", parseAsString);
  const isShown = shown === session.id;
  const { countedCentavos, differenceCentavos } = session;
  function instant(at: string): string {
    return format.dateTime(new Date(at), { dateStyle: "short", timeStyle: "short" });
  }
  return (
    <tr className={isShown ? "bg-surface-secondary" : ""}>
      <th scope="row" className="text-foreground!">
        <button
          type="button"
          aria-pressed={isShown}
          className="cursor-pointer text-[0.8125rem] text-link focus-visible:outline-2
            focus-visible:outline-offset-2 focus-visible:outline-focus"
          onClick={() => void setShown(isShown ? null : session.id)}
        >
          {session.teller}
        </button>
      </th>
      <td className="num text-muted">{instant(session.openedAt)}</td>
      <td className="num text-muted max-md:hidden">
        {session.closedAt === null ? t("stillOpen") : instant(session.closedAt)}
      </td>
      <td className="num text-right max-md:hidden">{money(session.openingCentavos)}</td>
      <td className="num text-right">
        {props.isBlind ? (
          <span className="text-subtle">{t("blind")}</span>
        ) : (
          money(session.expectedCentavos)
        )}
      </td>
      <td className="num text-right">
        {countedCentavos === null ? <span className="text-subtle">—</span> : money(countedCentavos)}
      </td>
      <td className="num text-right">
        {differenceCentavos === null ? (
          <span className="text-subtle">—</span>
        ) : (
          <span className={differenceCentavos === 0 ? "text-positive" : "text-caution"}>
            {differenceCentavos > 0 ? "+" : ""}
            {money(differenceCentavos)}
          </span>
        )}
      </td>
    </tr>
  );
}
