export type { Comparison } from "./comparison.ts";
export { drawChart } from "./draw-chart.ts";
export { PgbenchMissing, TooBusy } from "./references/pgbench.ts";
export { type BenchReport, type BenchStep, runBench, workNames } from "./run-bench.ts";
export type { Spread } from "./spread.ts";
