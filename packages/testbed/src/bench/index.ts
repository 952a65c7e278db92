export {
  type DepositBench,
  type DepositRound,
  measureDeposits,
  type MeasureStep,
} from "./measure-deposits.ts";
export { PgbenchMissing, TooBusy } from "./pgbench.ts";
export type { Spread } from "./spread.ts";
