import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readWhole } from "../arguments/scalars.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

export interface RaceOptions {
  readonly races?: string;
  readonly seed?: string;
}

const RACES_MAX = 100_000;
const PROGRESS_EVERY = 25;

/**
 * Races for PIX keys on a consortium of its own, whose banks are killed at random. Exit 0 only when
 * each race has one winner and every directory is the same.
 */
export async function raceKeys(session: Session, options: RaceOptions): Promise<Told> {
  const { language } = session;
  const says = language.texts.pix.agreements.races;
  const races = readWhole(options.races ?? "1000", [1, RACES_MAX], language);
  const seed = readWhole(options.seed ?? "1", [0, 999_999_999], language);
  const testbed = await import("@pacto/testbed/chaos");
  const dataDir = await mkdtemp(join(tmpdir(), "pacto-races-"));
  const report = await testbed.raceKeys({
    dataDir,
    races,
    seed,
    signal: session.signal,
    onProgress: (done) => {
      if (done % PROGRESS_EVERY === 0) session.progress(says.progress(done, races));
    },
  });
  const { asked, won, refused, unknown, kills, seconds, keys, violations, passed } = report;
  if (passed) await rm(dataDir, { recursive: true, force: true });
  return {
    json: report,
    lines: [
      says.asked(races, asked),
      says.answers(won, refused, unknown),
      says.kills(kills, seconds),
      says.keys(keys),
      ...violations.map((violation) => `  ${violation}`),
      passed ? says.passed : says.failed(dataDir),
    ],
    exit: passed ? 0 : 1,
  };
}
