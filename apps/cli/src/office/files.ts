import { writeFile } from "node:fs/promises";
import type { ReportFileInput } from "@pacto/contract";
import { askBank } from "../consortium/ask-bank.ts";
import { saveExport } from "../exports/save-export.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { readWord } from "../counter/read.ts";

export interface FileOptions {
  readonly format?: string;
  readonly out?: string;
}

const FORMATS = ["pdf", "csv", "ofx", "json"] as const;
/** A long document takes its time to draw. */
const TIMEOUT_MS = 90_000;

/**
 * Writes a report into a file: the one named, or one named after what it is. A statement that is too
 * long for that is written as a job. @throws Refused
 */
export async function saveReport(
  session: Session,
  bank: string,
  report: ReportFileInput["report"],
  { format = "pdf", out }: FileOptions,
): Promise<Told> {
  const { language } = session;
  const asked = { report, format: readWord(format, FORMATS, language), locale: language.locale };
  const file = await askBank(session.consortium(), bank, (api) => api.reports.file.query(asked), {
    timeoutMs: TIMEOUT_MS,
  });
  const { content, encoding, lines, isComplete } = file;
  if (!isComplete && report.kind === "statement") {
    const { kind: _, ...statement } = report;
    const { format: kind, locale } = asked;
    return saveExport(
      session,
      bank,
      (api, idempotencyKey) =>
        api.exports.statement.mutate({ ...statement, idempotencyKey, format: kind, locale }),
      out,
    );
  }
  const path = out ?? file.fileName;
  await writeFile(path, Buffer.from(content, encoding === "base64" ? "base64" : "utf8"));
  const { counter } = language.texts;
  return {
    json: { path, format, lines, isComplete },
    lines: [counter.written(path, lines)],
    ...(isComplete ? {} : { notes: [counter.truncated] }),
  };
}
