import { pause } from "./break-processes.ts";
import type { Random } from "./random.ts";
import { drawWeather, networkFaults } from "./weather.ts";
import type { Tally } from "./tally.ts";
import type { World } from "./world.ts";

const SPELL_MS = [1_500, 12_000] as const;

/** N1–N8, N10: new weather before one bank after the other, until the run heals. */
export async function breakNetwork(options: {
  readonly world: World;
  readonly random: Random;
  readonly tally: Tally;
  readonly signal: AbortSignal;
  readonly faults: ReadonlySet<string>;
}): Promise<void> {
  const { world, random, tally, signal, faults } = options;
  const allowed = new Set(networkFaults.filter((fault) => faults.has(fault)));
  while (!signal.aborted) {
    const proxy = random.pick(world.proxies);
    const others = world.banks.filter((bank) => bank !== proxy.bank);
    proxy.setWeather(drawWeather(random, allowed, others));
    tally.add("change of weather");
    await pause(random.between(...SPELL_MS) / world.proxies.length, signal);
  }
}
