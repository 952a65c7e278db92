"use client";
import type { ReportFileInput } from "@pacto/contract";
import { useLocale, useTranslations } from "next-intl";
import { bankClient } from "../../banks/client.tsx";
import { ExportButton, readContent } from "../../banks/export-button.tsx";

type Format = ReportFileInput["format"];

/** A button for each kind of file that a report can be. */
export function ReportFiles(props: {
  readonly bank: string;
  readonly report: ReportFileInput["report"];
  readonly formats: readonly Format[];
  readonly isDisabled?: boolean;
}) {
  const { bank, report } = props;
  const t = useTranslations("export");
  const locale = useLocale();
  async function fetchFile(format: Format) {
    const file = await bankClient(bank).reports.file.query({ report, format, locale });
    const { fileName: name, mediaType, isComplete } = file;
    return { name, mediaType, content: readContent(file), isComplete };
  }
  return (
    <div role="group" aria-label={t("title")} className="flex flex-wrap items-start gap-2">
      {props.formats.map((format) => (
        <ExportButton
          key={format}
          label={format.toUpperCase()}
          isDisabled={props.isDisabled ?? false}
          request={() => fetchFile(format)}
        />
      ))}
    </div>
  );
}
