import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";

const keptSession = z.strictObject({
  session: z.string(),
  token: z.string(),
  expiresAt: z.string(),
});
export type KeptSession = z.infer<typeof keptSession>;

export interface Whose {
  readonly dataDir: string;
  readonly bank: string;
  readonly person: string;
}

/** What an earlier command left of its sign-in, if it can be read. */
export function readKept(whose: Whose): KeptSession | undefined {
  for (const path of pathsOf(whose)) {
    try {
      return keptSession.parse(JSON.parse(readFileSync(path, "utf8")));
    } catch {
      // Not there, or not whole: one signs in again.
    }
  }
  return undefined;
}

/** Keeps the sign-in for the next command (mode 0600); where nothing can be written, for this one. */
export function keep(whose: Whose, session: KeptSession): void {
  for (const path of pathsOf(whose)) {
    const draft = `${path}.${randomUUID()}`;
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(draft, JSON.stringify(session), { mode: 0o600, flag: "wx" });
      renameSync(draft, path);
      return;
    } catch {
      rmSync(draft, { force: true });
    }
  }
}

/** In the consortium's own folder, or where that is read-only in the user's own corner of /tmp. */
function pathsOf({ dataDir, bank, person }: Whose): string[] {
  const corner = join(tmpdir(), `pacto-${userInfo().uid}`, bank);
  return [join(dataDir, bank, `cli-${person}.json`), join(corner, `cli-${person}.json`)];
}
