"use client";
import type { JobView } from "@pacto/contract";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { Choice } from "../../components/choice.tsx";

/**
 * Has a bank write a file of any length as long work, and goes on to the page where it is followed
 * and fetched.
 */
export function ExportWhole<Format extends string>(props: {
  readonly bank: string;
  /** What is exported; names the draft. */
  readonly name: string;
  readonly formats: readonly [Format, ...Format[]];
  readonly isDisabled?: boolean;
  readonly request: (format: Format, idempotencyKey: string) => Promise<{ readonly job: JobView }>;
}) {
  const { bank, formats } = props;
  const t = useTranslations("export");
  const router = useRouter();
  return (
    <ActionDialog<{ readonly format: Format }, { readonly job: JobView }>
      name={`export:${bank}:${props.name}`}
      bank={bank}
      initial={{ format: formats[0] }}
      label={t("whole")}
      title={t("wholeTitle")}
      confirmText={t("doWhole")}
      isDisabled={props.isDisabled ?? false}
      request={({ format }, key) => props.request(format, key)}
      onDone={({ job }) => router.push(`/jobs/${bank}/${job.id}`)}
    >
      {({ value, change }) => (
        <div className="flex flex-col gap-4">
          <p className="text-muted">{t("wholeNote")}</p>
          {formats.length > 1 && (
            <Choice
              label={t("format")}
              value={value.format}
              onChange={(id) => change({ format: formats.find((it) => it === id) ?? formats[0] })}
              options={formats.map((id) => ({ id, text: id.toUpperCase() }))}
            />
          )}
        </div>
      )}
    </ActionDialog>
  );
}
