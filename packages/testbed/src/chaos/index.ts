export { reportLines } from "./report.ts";
export {
  type ChaosFault,
  chaosFaults,
  type ChaosOptions,
  type ChaosReport,
  mustBeReached,
  runChaos,
} from "./run-chaos.ts";
export {
  type MonkeyMode,
  type MonkeyOptions,
  type MonkeyReport,
  runMonkeys,
} from "./run-monkeys.ts";
