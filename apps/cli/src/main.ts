import { fileURLToPath } from "node:url";
import { runPacto } from "./run-pacto.ts";

const giveUp = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // The second time nothing more is cleaned up or told.
    if (giveUp.signal.aborted) process.exit(3);
    giveUp.abort(new Error(`interrupted by ${signal}`));
  });
}
const running = runPacto(process.argv.slice(2), {
  environment: process.env,
  workingFolder: process.cwd(),
  // dist/pacto.js lies three folders below the repository.
  repository: fileURLToPath(new URL("../../..", import.meta.url)),
  signal: giveUp.signal,
  progress: (line) => process.stderr.write(`${line}\n`),
});
try {
  const report = await running;
  process.stdout.write(report.stdout);
  process.stderr.write(report.stderr);
  process.exitCode = report.exit;
} catch (defect) {
  // What was asked for may be done or not: a defect of ours is no refusal.
  process.exitCode = 3;
  console.error(defect);
}
