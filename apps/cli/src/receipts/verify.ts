import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Manifest, ManifestError, parseManifest } from "@pacto/contract";
import { type ReceiptVerdict, verifyReceipt } from "@pacto/contract/signing";
import { type ExitCode, WrongUsage } from "../exit.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { checkLine, provenSentences } from "./verdict-lines.ts";

export interface VerifyOptions {
  readonly manifest?: string;
}

const EXITS: Readonly<Record<ReceiptVerdict["proves"], ExitCode>> = {
  commit: 0,
  abort: 0,
  undecided: 3,
  nothing: 1,
};

/**
 * Verifies a receipt's file without asking any bank (R45). Exit 0 when it proves an outcome, 1 when
 * it proves nothing, 3 when it is genuine but was handed out before the decision was known.
 */
export async function verify(
  session: Session,
  path: string,
  options: VerifyOptions,
): Promise<Told> {
  const manifestPath = resolve(options.manifest ?? join(session.dataDir, "manifest.json"));
  const manifest = readManifest(await read(session, manifestPath), manifestPath);
  const { receipts: says } = session.language.texts;
  const candidate = parseJson(await read(session, resolve(path)));
  if (candidate === undefined) {
    const lines = [`FAIL  ${says.form}. ${says.notJson}`, "", says.provesNothing];
    return { json: { proves: "nothing", checks: [] }, lines, exit: 1 };
  }
  const verdict = verifyReceipt(candidate, manifest);
  const { proves, checks, receipt } = verdict;
  return {
    json: { proves, checks, transaction: receipt?.descriptor.id ?? null },
    lines: [
      ...checks.map((check) => checkLine(check, verdict, session)),
      "",
      ...provenSentences(verdict, session),
    ],
    exit: EXITS[proves],
  };
}

async function read({ language }: Session, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new WrongUsage(language.texts.receipts.noFile(path), { cause });
  }
}

function readManifest(text: string, path: string): Manifest {
  try {
    return parseManifest(text, path);
  } catch (error) {
    if (error instanceof ManifestError) throw new WrongUsage(error.message, { cause: error });
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
