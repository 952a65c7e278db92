import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { parseTaxId } from "@pacto/banking";

/** What a log must not hold (I16). */
export type LogSecret = "cpf" | "cnpj" | "email" | "phone" | "token" | "private-key" | "password";

export interface LogFinding {
  /** Below the folder that was scanned. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly what: LogSecret;
}

const CPF = /(?<![\w.-])\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?![\w-])/gu;
const CNPJ = /(?<![\w.-])[0-9A-Z]{2}\.?[0-9A-Z]{3}\.?[0-9A-Z]{3}\/?[0-9A-Z]{4}-?\d{2}(?![\w-])/gu;
const PATTERNS: readonly (readonly [LogSecret, RegExp])[] = [
  ["email", /(?<![\w:/])[a-z0-9][\w.+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+/iu],
  ["phone", /\+55[ (]*[1-9]{2}[ )]*9?\d{4}-?\d{4}\b/u],
  ["token", /\bbearer\s+(?!\[secret\])[\w.~+/=-]{16,}|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+/iu],
  ["private-key", /-----BEGIN [A-Z ]*PRIVATE KEY/u],
  ["password", /\b\w+:\/\/[^:@\s/"]+:(?!\[secret\])[^@\s"]+@/u],
];

/**
 * Reads every log below a folder and names the lines that hold personal data or a secret: tax ids
 * by their check digits, the rest by form, and `secrets` to the letter.
 */
export async function scanLogs(
  folder: string,
  secrets: readonly string[] = [],
): Promise<LogFinding[]> {
  const findings: LogFinding[] = [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || !/\.log(?:\.\d+)?$/u.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    let line = 0;
    // oxlint-disable-next-line no-await-in-loop -- file after file, whatever their size
    for await (const text of createInterface({ input: createReadStream(path) })) {
      line += 1;
      for (const what of secretsIn(text, secrets)) {
        findings.push({ file: relative(folder, path), line, what });
      }
    }
  }
  return findings;
}

/** What one line holds that it must not. */
export function secretsIn(line: string, secrets: readonly string[] = []): LogSecret[] {
  const found = PATTERNS.filter(([, pattern]) => pattern.test(line)).map(([what]) => what);
  if (secrets.some((secret) => line.includes(secret))) found.push("token");
  if (holdsTaxId(line, CPF, "cpf")) found.push("cpf");
  if (holdsTaxId(line, CNPJ, "cnpj")) found.push("cnpj");
  return [...new Set(found)];
}

function holdsTaxId(line: string, form: RegExp, kind: "cpf" | "cnpj"): boolean {
  return [...line.matchAll(form)].some(([text]) => {
    const parsed = parseTaxId(text);
    return parsed.ok && parsed.kind === kind;
  });
}
