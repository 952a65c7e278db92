"use client";
import { addDays, saoPauloDate } from "@pacto/banking";
import { useTranslations } from "next-intl";
import { Choice } from "../../components/choice.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { frequencies, type ScheduleDraft, type ScheduleProblem } from "./schedule.ts";

/** At once, or later: once, or again and again. Null is at once. */
export function ScheduleFields(props: {
  readonly value: ScheduleDraft | null;
  readonly onChange: (value: ScheduleDraft | null) => void;
  readonly problem: ScheduleProblem | null;
  readonly isDisabled: boolean;
}) {
  const { value, onChange, isDisabled } = props;
  const t = useTranslations("schedule");
  return (
    <>
      <Choice
        label={t("when")}
        value={value?.every ?? "now"}
        onChange={(id) => {
          const every = frequencies.find((frequency) => frequency === id);
          onChange(every === undefined ? null : { ...(value ?? tomorrow()), every });
        }}
        options={(["now", ...frequencies] as const).map((id) => ({ id, text: t(`every.${id}`) }))}
        isDisabled={isDisabled}
      />
      {value !== null && <TimeFields {...props} value={value} />}
    </>
  );
}

function tomorrow(): ScheduleDraft {
  const on = addDays(saoPauloDate(new Date()), 1);
  return { every: "once", on, time: "09:00", occurrences: "", retryMinutes: "60" };
}

function TimeFields(props: {
  readonly value: ScheduleDraft;
  readonly onChange: (value: ScheduleDraft) => void;
  readonly problem: ScheduleProblem | null;
  readonly isDisabled: boolean;
}) {
  const { value, onChange, problem, isDisabled } = props;
  const t = useTranslations("schedule");
  const told = (...of: ScheduleProblem[]) =>
    problem !== null && of.includes(problem) ? t(`problem.${problem}`) : null;
  return (
    <div className="grid gap-4 sm:col-span-2 sm:grid-cols-2 lg:grid-cols-4">
      <TextInput
        label={t("on")}
        value={value.on}
        onChange={(on) => onChange({ ...value, on })}
        problem={told("on", "past")}
        isRequired
        isDisabled={isDisabled}
        input={{ type: "date", className: "num" }}
      />
      <TextInput
        label={t("time")}
        value={value.time}
        onChange={(time) => onChange({ ...value, time })}
        hint={t("timeHint")}
        isRequired
        isDisabled={isDisabled}
        input={{ type: "time", className: "num" }}
      />
      {value.every !== "once" && (
        <TextInput
          label={t("occurrences")}
          value={value.occurrences}
          onChange={(occurrences) => onChange({ ...value, occurrences })}
          hint={t("occurrencesHint")}
          problem={told("occurrences")}
          isDisabled={isDisabled}
          maxLength={4}
          input={{ inputMode: "numeric", className: "num text-right" }}
        />
      )}
      <TextInput
        label={t("retryMinutes")}
        value={value.retryMinutes}
        onChange={(retryMinutes) => onChange({ ...value, retryMinutes })}
        hint={t("retryHint")}
        problem={told("retryMinutes")}
        isDisabled={isDisabled}
        maxLength={5}
        input={{ inputMode: "numeric", className: "num text-right" }}
      />
    </div>
  );
}
