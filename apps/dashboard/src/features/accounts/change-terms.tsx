"use client";
import type { AccountView } from "@pacto/contract";
import { useLocale, useTranslations } from "next-intl";
import { ActionDialog, type ActionForm } from "../../banks/action-dialog.tsx";
import { bankClient } from "../../banks/client.tsx";
import { MoneyField, readAmount } from "../../components/money-field.tsx";
import { isReason, ReasonField } from "../../components/reason-field.tsx";
import { Segments } from "../../components/segments.tsx";
import { amountText } from "../../i18n/amount-text.ts";
import type { Locale } from "../../i18n/locale.ts";

interface TermsDraft {
  readonly overdraft: string;
  readonly ceiling: string;
  readonly signing: AccountView["signing"];
  readonly reason: string;
}

/** How far below zero and how high it may go, and of a joint account who signs. */
export function ChangeTerms({ account }: { readonly account: AccountView }) {
  const t = useTranslations("account.terms");
  const locale = useLocale();
  const { bank, number, ceilingCentavos, overdraftCentavos } = account;
  return (
    <ActionDialog<TermsDraft, unknown>
      name={`terms:${bank}:${number}:${overdraftCentavos}:${ceilingCentavos}:${account.signing}`}
      bank={bank}
      initial={{
        overdraft: overdraftCentavos === 0 ? "" : amountText(overdraftCentavos, locale),
        ceiling: ceilingCentavos === null ? "" : amountText(ceilingCentavos, locale),
        signing: account.signing,
        reason: "",
      }}
      variant="ghost"
      label={t("change")}
      title={t("title", { number })}
      confirmText={t("doChange")}
      isComplete={(value) =>
        isReason(value.reason) && [value.overdraft, value.ceiling].every((it) => isFit(it, locale))
      }
      request={(value, idempotencyKey) =>
        bankClient(bank).accounts.changeTerms.mutate({
          ...toRequest(account, value, locale),
          idempotencyKey,
        })
      }
      approval={(value) => ({
        kind: "accounts.changeTerms",
        payload: toRequest(account, value, locale),
      })}
    >
      {(form) => <TermsFields form={form} isJoint={account.kind === "joint"} />}
    </ActionDialog>
  );
}

function toRequest(account: AccountView, value: TermsDraft, locale: Locale) {
  const ceiling = readAmount(value.ceiling, locale, true) ?? 0n;
  return {
    number: account.number,
    reason: value.reason,
    overdraftCentavos: Number(readAmount(value.overdraft, locale, true) ?? 0n),
    ceilingCentavos: ceiling === 0n ? null : Number(ceiling),
    ...(account.kind === "joint" ? { signing: value.signing } : {}),
  };
}

function isFit(text: string, locale: Locale): boolean {
  return text.trim() === "" || readAmount(text, locale, true) !== null;
}

function TermsFields(props: { readonly form: ActionForm<TermsDraft>; readonly isJoint: boolean }) {
  const { value, change, tried } = props.form;
  const t = useTranslations("newAccount");
  return (
    <div className="flex flex-col gap-4">
      <MoneyField
        label={t("overdraft")}
        text={value.overdraft}
        onText={(overdraft) => change({ overdraft })}
        hint={t("overdraftHint")}
        isOptional
        showProblems={tried}
      />
      <MoneyField
        label={t("ceiling")}
        text={value.ceiling}
        onText={(ceiling) => change({ ceiling })}
        hint={t("ceilingHint")}
        isOptional
        showProblems={tried}
      />
      {props.isJoint && (
        <Segments
          label={t("signing")}
          value={value.signing}
          onChange={(signing) => change({ signing })}
          options={(["either", "both"] as const).map((id) => ({ id, text: t(`signings.${id}`) }))}
        />
      )}
      <ReasonField
        value={value.reason}
        onChange={(reason) => change({ reason })}
        tried={tried}
        maxLength={300}
      />
    </div>
  );
}
