"use client";
import { useTranslations } from "next-intl";
import { BankChoice } from "../../banks/bank-choice.tsx";
import { MoneyField } from "../../components/money-field.tsx";
import { Segments } from "../../components/segments.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { AccountPicker } from "../accounts/account-picker.tsx";
import type { LoanDraft, LoanProblem } from "./loan-draft.ts";

interface FieldsProps {
  readonly value: LoanDraft;
  readonly change: (next: Partial<LoanDraft>) => void;
  readonly problems: ReadonlySet<LoanProblem>;
  readonly isDisabled: boolean;
}

export function LoanFields(props: FieldsProps) {
  const { value, change, problems, isDisabled } = props;
  const t = useTranslations("newLoan");
  return (
    <>
      <BankChoice
        label={t("bank")}
        value={value.bank === "" ? null : value.bank}
        onChange={(bank) => change({ bank, account: null })}
        isDisabled={isDisabled}
        isRequired
        problem={problems.has("bank") ? t("problem.bank") : null}
      />
      <AccountPicker
        label={t("disburseTo")}
        bank={value.bank === "" ? null : value.bank}
        picked={value.account}
        onPick={(account) => change({ account })}
        hint={t("disburseToHint")}
        problem={problems.has("account") ? t("problem.account") : null}
        isDisabled={isDisabled}
      />
      <TermFields {...props} />
      <LateFields {...props} />
    </>
  );
}

function TermFields({ value, change, problems, isDisabled }: FieldsProps) {
  const t = useTranslations("newLoan");
  const loans = useTranslations("loans");
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <MoneyField
          label={loans("principal")}
          text={value.principal}
          onText={(principal) => change({ principal })}
          showProblems={problems.has("principal")}
          isRequired
          isDisabled={isDisabled}
        />
        <TextInput
          label={t("installments")}
          value={value.installments}
          onChange={(installments) => change({ installments })}
          problem={problems.has("installments") ? t("problem.installments") : null}
          isRequired
          isDisabled={isDisabled}
          maxLength={3}
          input={{ inputMode: "numeric", className: "num text-right" }}
        />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextInput
          label={t("ratePercent")}
          value={value.rate}
          onChange={(rate) => change({ rate })}
          problem={problems.has("rate") ? t("problem.rate") : null}
          isRequired
          isDisabled={isDisabled}
          maxLength={10}
          input={{
            inputMode: "decimal",
            className: "num text-right",
            placeholder: t("rateExample"),
          }}
        />
        <Segments
          label={t("ratePer")}
          value={value.ratePer}
          onChange={(ratePer) => change({ ratePer })}
          options={(["month", "year"] as const).map((id) => ({ id, text: t(`per.${id}`) }))}
          isDisabled={isDisabled}
        />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextInput
          label={t("firstDueOn")}
          value={value.firstDueOn}
          onChange={(firstDueOn) => change({ firstDueOn })}
          problem={problems.has("firstDueOn") ? t("problem.firstDueOn") : null}
          isRequired
          isDisabled={isDisabled}
          input={{ type: "date", className: "num" }}
        />
        <Segments
          label={t("system")}
          value={value.system}
          onChange={(system) => change({ system })}
          options={(["price", "sac"] as const).map((id) => ({ id, text: loans(`systems.${id}`) }))}
          isDisabled={isDisabled}
        />
      </div>
      <p className="-mt-1 text-xs text-muted">{t(`systemNote.${value.system}`)}</p>
    </>
  );
}

/** Seldom changed, so folded away; a problem in it unfolds it. */
function LateFields({ value, change, problems, isDisabled }: FieldsProps) {
  const t = useTranslations("newLoan");
  return (
    <details open={problems.has("lateRate") || problems.has("penalty")}>
      <summary className="cursor-pointer text-muted">{t("late")}</summary>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        <TextInput
          label={t("lateRate")}
          value={value.lateRate}
          onChange={(lateRate) => change({ lateRate })}
          hint={t("lateRateHint")}
          problem={problems.has("lateRate") ? t("problem.percent") : null}
          isDisabled={isDisabled}
          maxLength={10}
          input={{ inputMode: "decimal", className: "num text-right" }}
        />
        <TextInput
          label={t("penalty")}
          value={value.penalty}
          onChange={(penalty) => change({ penalty })}
          hint={t("penaltyHint")}
          problem={problems.has("penalty") ? t("problem.percent") : null}
          isDisabled={isDisabled}
          maxLength={10}
          input={{ inputMode: "decimal", className: "num text-right" }}
        />
      </div>
    </details>
  );
}
