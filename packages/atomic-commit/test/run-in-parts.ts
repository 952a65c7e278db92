import { setImmediate } from "node:timers/promises";
import { addCampaigns, type CampaignResult } from "../src/simulator/index.ts";
import { loadSimulator } from "./build-mutant.ts";

const PART = 2_500;

/**
 * A long campaign from seed 1, up to the first part that breaks a law. The test runner gets a word
 * in between the parts: on a busy machine the whole takes minutes.
 */
export async function runInParts(
  schedules: number,
  decider: "local" | "register",
): Promise<CampaignResult> {
  const { campaign } = await loadSimulator();
  const parts: CampaignResult[] = [];
  for (let from = 1; from <= schedules; from += PART) {
    const part = campaign(from, Math.min(PART, schedules + 1 - from), decider);
    parts.push(part);
    if (part.failure !== null) break;
    await setImmediate();
  }
  return addCampaigns(parts);
}
