"use client";
import type { CounterRulesView } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { Choice } from "../../components/choice.tsx";
import { Figure, Figures } from "../../components/figures.tsx";
import { MoneyField, readAmount } from "../../components/money-field.tsx";
import { isReason, ReasonField } from "../../components/reason-field.tsx";
import { Section } from "../../components/section.tsx";
import { useMoney } from "../../i18n/money.ts";
import { amountText } from "../../i18n/amount-text.ts";

/** What lies in the vault, its supply, and the counter's rules. */
export function Vault(props: { readonly bank: string; readonly vaultCentavos: number }) {
  const { bank } = props;
  const t = useTranslations("drawer");
  const money = useMoney();
  const queries = useBankQueries()(bank);
  const rules = useQuery(queries.cash.rules.queryOptions()).data;
  const most = rules?.withdrawalMaxCentavos ?? null;
  return (
    <Section
      title={t("vaultTitle")}
      actions={
        <>
          <MoveVault bank={bank} />
          {rules !== undefined && (
            <ChangeRules key={JSON.stringify(rules)} bank={bank} rules={rules} />
          )}
        </>
      }
    >
      <Figures label={t("vaultTitle")}>
        <Figure label={t("vault")} note={t("vaultNote")}>
          {money(props.vaultCentavos)}
        </Figure>
        <Figure label={t("rule")} note={t("ruleNote")}>
          {rules === undefined ? "…" : t(rules.drawersRequired ? "required" : "notRequired")}
        </Figure>
        <Figure label={t("withdrawalMax")} note={t("withdrawalMaxNote")}>
          {rules === undefined ? "…" : most === null ? t("noBound") : money(most)}
        </Figure>
      </Figures>
    </Section>
  );
}

interface Supply {
  readonly direction: "in" | "out";
  readonly amount: string;
  readonly reason: string;
}

const emptySupply: Supply = { direction: "in", amount: "", reason: "" };

function MoveVault({ bank }: { readonly bank: string }) {
  const t = useTranslations("drawer");
  const locale = useLocale();
  return (
    <ActionDialog<Supply, unknown>
      name={`vault:${bank}`}
      bank={bank}
      initial={emptySupply}
      label={t("moveVault")}
      title={t("moveVault")}
      confirmText={t("doMoveVault")}
      isComplete={({ amount, reason }) => readAmount(amount, locale) !== null && isReason(reason)}
      request={({ direction, amount, reason }, idempotencyKey) =>
        bankClient(bank).cash.moveVault.mutate({
          idempotencyKey,
          direction,
          reason,
          amountCentavos: Number(readAmount(amount, locale) ?? 0n),
        })
      }
    >
      {({ value, change, tried }) => (
        <div className="flex flex-col gap-4">
          <Choice
            label={t("direction")}
            value={value.direction}
            onChange={(id) => change({ direction: id === "out" ? "out" : "in" })}
            options={(["in", "out"] as const).map((id) => ({ id, text: t(`directions.${id}`) }))}
          />
          <MoneyField
            label={t("amount")}
            text={value.amount}
            onText={(amount) => change({ amount })}
            showProblems={tried}
            isRequired
          />
          <ReasonField
            value={value.reason}
            onChange={(reason) => change({ reason })}
            tried={tried}
            maxLength={140}
          />
        </div>
      )}
    </ActionDialog>
  );
}

function ChangeRules(props: { readonly bank: string; readonly rules: CounterRulesView }) {
  const { bank, rules } = props;
  const t = useTranslations("drawer");
  const locale = useLocale();
  const most = rules.withdrawalMaxCentavos;
  return (
    <ActionDialog
      name={`counter-rules:${bank}:${JSON.stringify(rules)}`}
      bank={bank}
      initial={{
        drawersRequired: rules.drawersRequired,
        most: most === null ? "" : amountText(most, locale),
      }}
      label={t("changeRules")}
      variant="ghost"
      title={t("changeRules")}
      confirmText={t("doChangeRules")}
      isComplete={(value) => value.most.trim() === "" || readAmount(value.most, locale) !== null}
      request={(value, idempotencyKey) => {
        const bound = readAmount(value.most, locale);
        return bankClient(bank).cash.setRules.mutate({
          idempotencyKey,
          drawersRequired: value.drawersRequired,
          withdrawalMaxCentavos: bound === null ? null : Number(bound),
        });
      }}
    >
      {({ value, change, tried }) => (
        <div className="flex flex-col gap-4">
          <label className="flex cursor-pointer items-center gap-2">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={value.drawersRequired}
              onChange={(event) => change({ drawersRequired: event.target.checked })}
            />
            {t("requireDrawers")}
          </label>
          <MoneyField
            label={t("withdrawalMax")}
            text={value.most}
            onText={(text) => change({ most: text })}
            hint={t("withdrawalMaxHint")}
            isOptional
            showProblems={tried}
          />
        </div>
      )}
    </ActionDialog>
  );
}
