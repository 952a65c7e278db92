import { runSchedules } from "../src/simulator/index.ts";
import type { Campaign } from "./build-mutant.ts";
import { money } from "./money.ts";

export const campaign: Campaign = (from, count, decider) =>
  runSchedules(from, count, { resources: money, decider });
