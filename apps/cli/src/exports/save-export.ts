import { appendFile, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { JobView } from "@pacto/contract";
import { splitBank } from "../arguments/references.ts";
import { readKey } from "../arguments/scalars.ts";
import { askBank, type BankApi } from "../consortium/ask-bank.ts";
import { Refused } from "../exit.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

const POLL_MS = 300;
/** A part may be a document that takes its time to draw. */
const TIMEOUT_MS = 90_000;

/**
 * Has a bank write a file of any length as a job, waits while telling how far it is, and saves it.
 * When somebody gives up, the job goes on: `pacto job fetch` saves it later. @throws Refused
 */
export async function saveExport(
  session: Session,
  bank: string,
  begin: (api: BankApi, idempotencyKey: string) => Promise<{ readonly job: JobView }>,
  out: string | undefined,
): Promise<Told> {
  const key = readKey(undefined, session.language);
  const { job } = await askBank(session.consortium(), bank, (api) => begin(api, key), { key });
  const { counter } = session.language.texts;
  session.progress(counter.exporting(`${bank}/${job.id}`, job.percent));
  let { percent, status } = job;
  while (status === "running") {
    // oxlint-disable no-await-in-loop -- waits for the bank
    await sleep(POLL_MS, undefined, { signal: session.signal });
    const { job: now } = await askBank(session.consortium(), bank, (api) =>
      api.jobs.get.query({ id: job.id }),
    );
    // oxlint-enable no-await-in-loop
    if (now.percent !== percent) {
      session.progress(counter.exporting(`${bank}/${job.id}`, now.percent));
    }
    ({ percent, status } = now);
  }
  return fetchParts(session, { bank, id: job.id }, out);
}

/** Saves what an export has written. @throws Refused while it is not done */
export async function fetchExport(
  session: Session,
  reference: string,
  { out }: { readonly out?: string },
): Promise<Told> {
  const { bank, rest: id } = splitBank(reference, "BANK/ID", session.language);
  return fetchParts(session, { bank, id }, out);
}

async function fetchParts(
  session: Session,
  { bank, id }: { readonly bank: string; readonly id: string },
  out: string | undefined,
): Promise<Told> {
  const { job } = await askBank(session.consortium(), bank, (api) => api.jobs.get.query({ id }));
  if (job.status !== "done" || job.failed > 0) throw new Refused("export-not-ready");
  const paths: string[] = [];
  let lines = 0;
  for (let position = 1; position <= job.total; position += 1) {
    // oxlint-disable no-await-in-loop -- parts follow each other in the file
    const part = await askBank(
      session.consortium(),
      bank,
      (api) => api.exports.part.query({ id, position }),
      { timeoutMs: TIMEOUT_MS },
    );
    const bytes = Buffer.from(part.content, part.encoding === "base64" ? "base64" : "utf8");
    const path = pathOf(part, { out, position, total: job.total });
    const isNew = part.isFile || position === 1;
    await (isNew ? writeFile(path, bytes) : appendFile(path, bytes));
    // oxlint-enable no-await-in-loop
    if (isNew) paths.push(path);
    lines += part.lines;
  }
  const { written } = session.language.texts.counter;
  const [path = ""] = paths;
  return {
    json: { job: `${bank}/${id}`, path, paths, lines, isComplete: true },
    lines: [written(paths.join(", "), lines)],
  };
}

interface Place {
  readonly out: string | undefined;
  readonly position: number;
  readonly total: number;
}

/** Files of their own are numbered when there are several. */
function pathOf(
  { fileName, isFile }: { readonly fileName: string; readonly isFile: boolean },
  { out, position, total }: Place,
): string {
  if (out === undefined) return fileName;
  return isFile && total > 1 ? out.replace(/(\.[^./]+)?$/u, `-${position}$1`) : out;
}
