import { join } from "node:path";
import { styleText } from "node:util";
import { ManifestError } from "@pacto/contract";
import { AlreadyRunning } from "./consortium/owner.ts";
import type { ConsortiumEvent } from "./consortium/program-handle.ts";
import {
  type Consortium,
  isDashboardBuilt,
  PortTaken,
  startConsortium,
} from "./consortium/start-consortium.ts";
import { seedDemo } from "./demo/seed-demo.ts";
import { repositoryFolder } from "./repository.ts";
import { readStartSettings, type StartSettings, UsageError } from "./start-settings.ts";

/**
 * What `npm start` runs once everything is installed and built: starts the consortium, says where
 * it is, and stops it on Ctrl-C or SIGTERM.
 */
export async function start(): Promise<void> {
  const giveUp = new AbortController();
  const stopped = untilAskedToStop(giveUp);
  try {
    const settings = readStartSettings(process.argv.slice(2), process.env, repositoryFolder());
    const consortium = await startConsortium({
      ...settings.consortium,
      dashboard: settings.wantsDashboard && isDashboardBuilt(),
      restartsAfterCrash: true,
      lab: true,
      report: (event) => say(describeEvent(event)),
      signal: giveUp.signal,
    });
    if (settings.wantsDemo) await seedDemo(consortium);
    say(describeConsortium(consortium, settings));
    await stopped;
    say("Stopping…");
    await consortium.stop();
    say("Stopped. The data stay; the next start finds them again.");
  } catch (error) {
    process.exitCode = giveUp.signal.aborted ? 0 : 1;
    say(giveUp.signal.aborted ? "Stopped before it was up." : describeFailure(error));
  }
}

/**
 * One Ctrl-C arrives twice, from the terminal and from npm, which passes it on: what follows at
 * once is the same wish.
 */
const SAME_WISH_MS = 2_000;

/** Asked again later, we end at once; what is left the next start takes over. */
function untilAskedToStop(giveUp: AbortController): Promise<void> {
  return new Promise((done) => {
    let askedAt = Number.POSITIVE_INFINITY;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (performance.now() - askedAt > SAME_WISH_MS) process.exit(1);
        if (giveUp.signal.aborted) return;
        askedAt = performance.now();
        giveUp.abort(new Error(`asked to stop by ${signal}`));
        done();
      });
    }
  });
}

function describeConsortium(consortium: Consortium, settings: StartSettings): string {
  const { manifest, dashboard, banks, files, database } = consortium;
  const up = banks.filter((bank) => bank.state === "ready");
  const down = banks.filter((bank) => bank.state === "down").map((bank) => bank.id);
  const rows: Array<readonly [string, string]> = [
    ["Dashboard", dashboard?.url ?? "not running: it is not built"],
    ...up.map((bank) => [bank.name, bank.url] as const),
    ["Staff", join(files.folder, "*", "staff.json")],
    ["Logs", join(files.folder, "*", "node.log")],
    ["PostgreSQL", database?.isOurs ? `embedded, in ${files.postgres}` : "PACTO_DATABASE_URL"],
  ];
  if (!settings.wantsDashboard) rows.shift();
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    "",
    styleText("bold", `${manifest.consortium.name} is running.`),
    "",
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    ...(down.length > 0 ? ["", `  Not started: ${down.join(", ")}.`] : []),
    "",
    ...describeNewStaff(consortium),
    "Ctrl-C stops everything.",
  ].join("\n");
}

/** Told once, when they are made: later the files tell, to whoever may read them. */
function describeNewStaff({ newStaff }: Consortium): string[] {
  if (newStaff.size === 0) return [];
  const lines = [...newStaff].flatMap(([, { members }]) =>
    members.map(({ email, password, roles }) => `  ${email}  ${password}  (${roles.join(", ")})`),
  );
  return [
    styleText("bold", "Invented staff, told this once:"),
    ...lines,
    'The code that a sign-in asks for: "npx pacto sign-in BANK --as PERSON" shows it.',
    "",
  ];
}

function describeEvent(event: ConsortiumEvent): string {
  switch (event.kind) {
    case "ready":
      return `  ${event.name} is ready at ${event.url}`;
    case "leftover-ended":
      return `  ${event.name} still ran from an earlier start that crashed; ended it`;
    case "died":
      return `  ${event.name} died (${event.how}); its log is ${event.logFile}`;
    case "restarting":
      return `  ${event.name} starts again in ${event.afterMs / 1000} s`;
    case "start-failed":
      return `  ${event.message}`;
  }
}

/** What people can mend is told as a sentence; anything else is a defect and shows its stack. */
function describeFailure(error: unknown): string {
  const isExpected =
    error instanceof UsageError ||
    error instanceof ManifestError ||
    error instanceof PortTaken ||
    error instanceof AlreadyRunning;
  const text = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error && !isExpected ? error.stack : undefined;
  return `${styleText("red", "Could not start.")} ${stack ?? text}`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
