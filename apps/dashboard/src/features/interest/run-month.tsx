"use client";
import { addMonths, saoPauloDate } from "@pacto/banking";
import type { JobView } from "@pacto/contract";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { bankClient } from "../../banks/client.tsx";
import { Section } from "../../components/section.tsx";
import { TextInput } from "../../components/text-input.tsx";

const MONTH = /^20[0-9]{2}-(0[1-9]|1[0-2])$/;

/** Posts the interest of a month that is over, account by account, each once however often run. */
export function RunMonth({ bank }: { readonly bank: string }) {
  const t = useTranslations("interest");
  const router = useRouter();
  return (
    <Section title={t("run")}>
      <div className="panel flex flex-wrap items-center justify-between gap-4 px-4 py-3">
        <p className="max-w-prose text-muted">{t("runNote")}</p>
        <ActionDialog<{ readonly month: string }, { job: JobView }>
          name={`interest-run:${bank}`}
          bank={bank}
          initial={{ month: addMonths(saoPauloDate(new Date()), -1).slice(0, 7) }}
          label={t("runMonth")}
          title={t("runMonth")}
          confirmText={t("doRun")}
          isComplete={({ month }) => MONTH.test(month)}
          request={({ month }, idempotencyKey) =>
            bankClient(bank).interest.run.mutate({ idempotencyKey, month })
          }
          onDone={({ job }) => router.push(`/jobs/${bank}/${job.id}`)}
        >
          {({ value, change, tried }) => (
            <TextInput
              label={t("month")}
              value={value.month}
              onChange={(month) => change({ month })}
              problem={tried && !MONTH.test(value.month) ? t("monthWrong") : null}
              isRequired
              input={{ type: "month", className: "num" }}
            />
          )}
        </ActionDialog>
      </div>
    </Section>
  );
}
