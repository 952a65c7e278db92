export {
  type DepositBench,
  type DepositRound,
  measureDeposits,
  type MeasureStep,
} from "./measure-deposits.ts";
export { PgbenchMissing } from "./pgbench.ts";
export type { Spread } from "./spread.ts";
