import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FuzzReport } from "@pacto/testbed/fuzz";
import { readWhole } from "../arguments/scalars.ts";
import type { Language } from "../language/language.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

export interface FuzzOptions {
  readonly requests?: string;
  readonly seed?: string;
}

const MEGABYTE = 2 ** 20;
const megabytes = (bytes: number) => Math.round(bytes / MEGABYTE);

/** Fuzzes a bank of a consortium of its own, never the one that `npm start` runs. */
export async function fuzz(session: Session, options: FuzzOptions): Promise<Told> {
  const { language } = session;
  const says = language.texts.keys;
  const requests = readWhole(options.requests ?? "20000", [1, 100_000_000], language);
  const seed = readWhole(
    options.seed ?? String(Date.now() % 1_000_000),
    [0, 999_999_999],
    language,
  );
  const [{ repositoryFolder, runFuzz }, { startConsortium }] = await Promise.all([
    import("@pacto/testbed/fuzz"),
    import("@pacto/testbed"),
  ]);
  session.progress(says.starting);
  const dataDir = await mkdtemp(join(tmpdir(), "pacto-fuzz-"));
  const manifest = join(repositoryFolder(), "consortium/branches.json");
  const consortium = await startConsortium({ manifest, dataDir });
  try {
    const report = await runFuzz({
      consortium,
      requests,
      seed,
      target: "arizona",
      peer: "texas",
      onProgress: (sent, bytes) => {
        if (sent % 5_000 === 0) session.progress(says.sent(sent, megabytes(bytes)));
      },
    });
    const found = findingsOf(report, language);
    const lines = [...linesOf(report, language), ...found];
    const verdict = found.length === 0 ? says.pass : says.fail(found.length);
    return { json: report, lines: [...lines, verdict], exit: found.length === 0 ? 0 : 1 };
  } finally {
    await consortium.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function linesOf(report: FuzzReport, { texts: { keys: says } }: Language): string[] {
  const { seed, requests, residentBytes } = report;
  const seconds = Math.round(report.seconds);
  const perSecond = Math.round(requests / Math.max(1, seconds));
  const answers = Object.entries(report.statuses).map(([status, count]) => `${status} ${count}`);
  const { warm, end, peak } = residentBytes;
  return [
    says.summary({ seed, requests, seconds, perSecond }),
    says.answers(answers.toSorted().join(", ")),
    says.reached(report.reached.length, report.procedures),
    says.memory(megabytes(warm), megabytes(end), megabytes(peak)),
  ];
}

function findingsOf(report: FuzzReport, { texts: { keys: says } }: Language): string[] {
  return [
    ...report.findings.map(({ problem, request }) =>
      says.finding(problem, `${request.method} ${request.path.slice(0, 300)}`),
    ),
    ...report.laws.flatMap(({ id, holds }) => (holds ? [] : [says.brokenLaw(id)])),
    ...report.logged,
  ];
}
