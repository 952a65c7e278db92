import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { type AuditHead, type Manifest, ManifestError, parseManifest } from "@pacto/contract";
import {
  createEvidenceRing,
  createVerifier,
  type Verifier,
  verifyAuditBlock,
} from "@pacto/contract/signing";
import { WrongUsage } from "../exit.ts";
import type { Session } from "../session.ts";
import { EXPORT_FORM } from "./export-chain.ts";
import type { Finding, VerifiedChain } from "./findings.ts";

/** Banks beside the own one whose signature makes a head one that cannot be taken back. */
const COSIGNERS = 2;

/** Verifies exports without asking any bank. @throws WrongUsage for what is no export */
export async function verifyFiles(
  session: Session,
  paths: readonly string[],
  manifestPath: string | undefined,
): Promise<VerifiedChain[]> {
  const manifest = await readManifest(session, manifestPath);
  const verifier = createVerifier(createEvidenceRing(manifest));
  const chains: VerifiedChain[] = [];
  // oxlint-disable-next-line no-await-in-loop -- file after file, whatever their size
  for (const path of paths) chains.push(await verifyFile(session, resolve(path), verifier));
  return chains;
}

async function verifyFile(
  { language }: Session,
  path: string,
  verifier: Verifier,
): Promise<VerifiedChain> {
  const says = language.texts.audit;
  let bank: string | undefined;
  let last: AuditHead | undefined;
  let [blocks, rows, cosigned] = [0, 0, 0];
  const findings: Finding[] = [];
  for await (const line of linesOf(path, says.noFile(path))) {
    const value = parse(line);
    if (bank === undefined) {
      bank = bankOf(value);
      if (bank === undefined) throw new WrongUsage(says.notExport(path));
      continue;
    }
    const { head, faults, isSound, cosigners } = verifyAuditBlock(value, last, verifier);
    const number = head?.number ?? (last?.number ?? 0) + 1;
    if (!isSound || head?.bank !== bank) findings.push({ kind: "unsound", bank, number });
    for (const fault of faults) findings.push({ kind: "row", bank, number, ...fault });
    blocks += 1;
    rows += head?.size ?? 0;
    if (new Set(cosigners).size >= COSIGNERS) cosigned += 1;
    last = head ?? last;
  }
  if (bank === undefined) throw new WrongUsage(says.notExport(path));
  return { bank, blocks, rows, held: cosigned, isFile: true, findings };
}

async function* linesOf(path: string, problem: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  } catch (cause) {
    throw new WrongUsage(problem, { cause });
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function bankOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!("pacto" in value) || value.pacto !== EXPORT_FORM || !("bank" in value)) return undefined;
  return typeof value.bank === "string" ? value.bank : undefined;
}

async function readManifest(session: Session, given: string | undefined): Promise<Manifest> {
  const path = resolve(given ?? join(session.dataDir, "manifest.json"));
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new WrongUsage(session.language.texts.audit.noFile(path), { cause });
  });
  try {
    return parseManifest(text, path);
  } catch (error) {
    if (error instanceof ManifestError) throw new WrongUsage(error.message, { cause: error });
    throw error;
  }
}
