"use client";
import type { LimitOwner, LimitsView, SpendingTermsView } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { ActionDialog, type ActionForm } from "../../banks/action-dialog.tsx";
import { useReachable } from "../../banks/banks.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { Figure, Figures } from "../../components/figures.tsx";
import { MoneyField, readAmount } from "../../components/money-field.tsx";
import { Notice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { amountText } from "../../i18n/amount-text.ts";
import { useDates } from "../../i18n/dates.ts";
import type { Locale } from "../../i18n/locale.ts";
import { useMoney } from "../../i18n/money.ts";

const bounds = ["perTransactionCentavos", "perDayCentavos", "perNightCentavos"] as const;
type Bound = (typeof bounds)[number];
type TypedBounds = Readonly<Record<Bound, string>>;

/** What may leave at once, by day and at night, of one account or of all of a client. */
export function LimitsPanel(props: { readonly bank: string; readonly owner: LimitOwner }) {
  const { bank, owner } = props;
  const t = useTranslations("limits");
  const money = useMoney();
  const isReachable = useReachable().has(bank);
  const queries = useBankQueries()(bank);
  const { data } = useQuery(
    queries.limits.get.queryOptions({ owner }, { enabled: isReachable, ...following(10_000) }),
  );
  if (data === undefined) return null;
  const { limits } = data;
  return (
    <Section
      title={t("title")}
      note={t("client" in owner ? "ofClient" : "ofAccount")}
      actions={
        <ChangeLimits
          key={JSON.stringify(limits.terms)}
          bank={bank}
          owner={owner}
          limits={limits}
        />
      }
    >
      <div className="flex flex-col gap-2">
        <Figures label={t("title")}>
          {bounds.map((bound) => {
            const centavos = limits.terms[bound];
            return (
              <Figure key={bound} label={t(bound)} note={t(`${bound}Note`)}>
                {centavos === null ? (
                  <span className="font-normal text-muted">{t("none")}</span>
                ) : (
                  money(centavos)
                )}
              </Figure>
            );
          })}
          <Figure label={t("used")} note={t(`period.${limits.period}`)}>
            {money(limits.usedCentavos)}
          </Figure>
        </Figures>
        {limits.next !== null && <NextLimits next={limits.next} />}
      </div>
    </Section>
  );
}

function NextLimits({ next }: { readonly next: NonNullable<LimitsView["next"]> }) {
  const t = useTranslations("limits");
  const money = useMoney();
  const dates = useDates();
  const terms = bounds.map((bound) => {
    const centavos = next.terms[bound];
    return `${t(bound)}: ${centavos === null ? t("none") : money(centavos)}`;
  });
  return (
    <Notice tone="neutral" title={t("next", { at: dates.at(next.at) })}>
      <span className="num whitespace-normal">{terms.join(" · ")}</span>
    </Notice>
  );
}

function ChangeLimits(props: {
  readonly bank: string;
  readonly owner: LimitOwner;
  readonly limits: LimitsView;
}) {
  const { bank, owner, limits } = props;
  const t = useTranslations("limits");
  const locale = useLocale();
  const { terms } = limits;
  return (
    <ActionDialog<TypedBounds, unknown>
      name={`limits:${bank}:${JSON.stringify(owner)}:${JSON.stringify(terms)}`}
      bank={bank}
      initial={{
        perTransactionCentavos: typed(terms.perTransactionCentavos, locale),
        perDayCentavos: typed(terms.perDayCentavos, locale),
        perNightCentavos: typed(terms.perNightCentavos, locale),
      }}
      label={t("change")}
      title={t("changeTitle")}
      confirmText={t("doChange")}
      isComplete={(value) =>
        bounds.every(
          (bound) => value[bound].trim() === "" || readAmount(value[bound], locale, true) !== null,
        )
      }
      request={(value, idempotencyKey) =>
        bankClient(bank).limits.set.mutate({
          idempotencyKey,
          owner,
          terms: readTerms(value, locale),
        })
      }
      approval={(value) => ({
        kind: "limits.set",
        payload: { owner, terms: readTerms(value, locale) },
      })}
    >
      {(form) => <LimitFields form={form} />}
    </ActionDialog>
  );
}

function LimitFields({ form }: { readonly form: ActionForm<TypedBounds> }) {
  const t = useTranslations("limits");
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{t("changeNote")}</p>
      {bounds.map((bound) => (
        <MoneyField
          key={bound}
          label={t(bound)}
          text={form.value[bound]}
          onText={(text) => form.change({ [bound]: text })}
          hint={t(`${bound}Note`)}
          isOptional
          showProblems={form.tried}
        />
      ))}
    </div>
  );
}

function typed(centavos: number | null, locale: Locale): string {
  return centavos === null ? "" : amountText(centavos, locale);
}

function readTerms(value: TypedBounds, locale: Locale): SpendingTermsView {
  const read = (bound: Bound) => {
    const centavos = readAmount(value[bound], locale, true);
    return centavos === null ? null : Number(centavos);
  };
  return {
    perTransactionCentavos: read("perTransactionCentavos"),
    perDayCentavos: read("perDayCentavos"),
    perNightCentavos: read("perNightCentavos"),
  };
}
