import type { ChaosReport } from "./run-chaos.ts";

/** A report that explains itself: what was done, what was reached, what broke. */
export function reportLines(report: ChaosReport): string[] {
  const { done, reached, notReached, violations } = report;
  return [
    `seed ${report.seed}, ${report.rounds} rounds of breaking, healing and checking`,
    "",
    "What was done:",
    ...table(done),
    "",
    "What was reached:",
    ...table(reached.filter(([, count]) => count > 0)),
    ...(notReached.length > 0 ? ["", `Never reached: ${notReached.join(", ")}`] : []),
    "",
    `Slowest settling after the faults ended: ${report.slowestHealingMs} ms`,
    ...(violations.length > 0 ? ["", "Broken:", ...violations.map((it) => `  ${it}`)] : []),
    ...(violations.length > 0 ? [`The books and journals are in ${report.dataDir}`] : []),
    "",
    report.passed
      ? "PASS: nothing acknowledged was lost, nothing is half-done, every law holds."
      : violations.length > 0
        ? "FAIL: see above."
        : "FAIL: no law was broken, but a state that the run must reach never was.",
  ];
}

function table(rows: readonly (readonly [string, number])[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, count]) => `  ${name.padEnd(width)}  ${count}`);
}
