import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Manifest, ManifestError, parseManifest, RECEIPT_MARK } from "@pacto/contract";
import { type ReceiptVerdict, unpackReceipt, verifyReceipt } from "@pacto/contract/signing";
import { type ExitCode, WrongUsage } from "../exit.ts";
import type { Told } from "../output/told.ts";
import { isPicture, readQrFile } from "../pix/qr.ts";
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
 * Verifies a receipt without asking any bank (R45): its file, a picture of its QR code, or the text
 * that is in the code. Exit 0 when it proves an outcome, 1 when
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
  const candidate = parseJson(await receiptText(session, path));
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

async function receiptText(session: Session, given: string): Promise<string> {
  if (given.startsWith(RECEIPT_MARK)) return given;
  const path = resolve(given);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new WrongUsage(session.language.texts.receipts.noFile(path), { cause });
  });
  return isPicture(bytes) ? readQrFile(session, path) : bytes.toString("utf8");
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
    return JSON.parse(unpackReceipt(text));
  } catch {
    return undefined;
  }
}
