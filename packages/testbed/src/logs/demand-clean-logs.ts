import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type LogFinding, scanLogs } from "./scan-logs.ts";

/** Files of a consortium's folder that hold secrets, by the ends of their names. */
const SECRET_FILES =
  /(?:password|passwords\.json|token|secret|control\.json|key\.pem|staff\.json)$/u;
/** Random texts: long enough to be nothing else by chance. */
const SECRET = /[A-Za-z0-9_+/-]{32,}/gu;
/** Shorter ones, where their name says what they are. */
const NAMED = /"\w*(?:password|secret|token|totp)\w*"\s*:\s*"([^"]{12,})"/giu;

/** What the logs below a consortium's folder hold that they must not, its own secrets included. */
export async function findInLogs(dataDir: string): Promise<LogFinding[]> {
  return scanLogs(dataDir, await secretsBelow(dataDir));
}

/**
 * Called when a consortium has ended: whatever was done with it, none of its logs may hold personal
 * data or a secret (I16). @throws Error that names file, line and kind of the first ones
 */
export async function demandCleanLogs(dataDir: string): Promise<void> {
  const findings = await findInLogs(dataDir);
  if (findings.length > 0) throw new Error(sentencesOf(findings).slice(0, 10).join("\n"));
}

export function sentencesOf(findings: readonly LogFinding[]): string[] {
  return findings.map(({ file, line, what }) => `a log holds a ${what}: ${file}, line ${line}`);
}

async function secretsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && SECRET_FILES.test(entry.name));
  const texts = await Promise.all(
    files.map(({ parentPath, name }) =>
      // One that belongs to the database server's user is not ours to read.
      readFile(join(parentPath, name), "utf8").catch(() => ""),
    ),
  );
  const named = texts.flatMap((text) => [...text.matchAll(NAMED)].map(([, value = ""]) => value));
  return [...new Set([...texts.flatMap((text) => text.match(SECRET) ?? []), ...named])];
}
