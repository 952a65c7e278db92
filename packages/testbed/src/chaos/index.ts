export { type KeyRaceOptions, type KeyRaceReport, raceKeys } from "./race-keys.ts";
export { type DiskFault, diskFaults } from "./break-disk.ts";
export {
  canUseNamespaces,
  inNamespace,
  NAMESPACE_VARIABLE,
  namespaceFaults,
} from "./break-namespace.ts";
export {
  type ChaosFault,
  chaosFaults,
  type ChaosOptions,
  type ChaosReport,
  type RoundReport,
} from "./run.ts";
export { mustBeReached, runChaos } from "./run-chaos.ts";
export {
  type MonkeyMode,
  type MonkeyOptions,
  type MonkeyReport,
  runMonkeys,
} from "./run-monkeys.ts";
