import { explore, runSchedules, shrinkSchedule } from "../src/simulator/index.ts";
import type { MutantSimulator } from "./build-mutant.ts";
import { money } from "./money.ts";

export const campaign: MutantSimulator["campaign"] = (from, count, decider, swarm = {}) =>
  runSchedules(from, count, { resources: money, decider, swarm });

export const shrink: MutantSimulator["shrink"] = (failure, decider) =>
  shrinkSchedule(failure, { resources: money, decider });

export { explore };
