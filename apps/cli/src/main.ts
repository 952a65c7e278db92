import { fileURLToPath } from "node:url";
import { runPacto } from "./run-pacto.ts";

const report = await runPacto(process.argv.slice(2), {
  environment: process.env,
  workingFolder: process.cwd(),
  // dist/pacto.js lies three folders below the repository.
  repository: fileURLToPath(new URL("../../..", import.meta.url)),
  progress: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(report.stdout);
process.stderr.write(report.stderr);
process.exitCode = report.exit;
