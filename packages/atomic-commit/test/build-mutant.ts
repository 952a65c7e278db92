import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { CampaignResult, explore, ScheduleResult, Swarm } from "../src/simulator/index.ts";
import type { Edit } from "./mutants.ts";

const here = dirname(fileURLToPath(import.meta.url));
const sources = join(here, "..", "src");

type DeciderKind = "local" | "register" | "mixed";

/** The simulator over the mutated sources. */
export interface MutantSimulator {
  /** Runs schedules of the given seeds. */
  readonly campaign: (
    from: number,
    count: number,
    decider: DeciderKind,
    swarm?: Partial<Swarm>,
  ) => CampaignResult;
  readonly explore: typeof explore;
  readonly shrink: (failure: ScheduleResult, decider: DeciderKind) => ScheduleResult;
}

/** The source with the edit done. Throws when the place to edit is not there exactly once. */
export function applyEdit(source: string, { file, find, replace }: Edit): string {
  const [before, after, ...more] = source.split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${file}: not exactly once: ${find}`);
  }
  return before + replace + after;
}

/** The simulator as it is: a third faster as a bundle than through the test runner's modules. */
export function loadSimulator(): Promise<MutantSimulator> {
  return loadMutant([]);
}

/**
 * Bundles the simulator over edited sources and loads it. The sources themselves carry no switch:
 * a mutant exists only in the bundle made here.
 */
export async function loadMutant(edits: readonly Edit[]): Promise<MutantSimulator> {
  const folder = mkdtempSync(join(tmpdir(), "pacto-mutant-"));
  const outfile = join(folder, "mutant.mjs");
  const missed = new Set(edits.map(({ file }) => file));
  await build({
    entryPoints: [join(here, "mutant-campaign.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "silent",
    plugins: [
      {
        name: "mutate",
        setup(context) {
          context.onLoad({ filter: /atomic-commit[/\\]src[/\\].*\.ts$/ }, ({ path }) => {
            const file = relative(sources, path).replaceAll("\\", "/");
            const own = edits.filter((edit) => edit.file === file);
            missed.delete(file);
            const contents = own.reduce(applyEdit, readFileSync(path, "utf8"));
            return { contents, loader: "ts" };
          });
        },
      },
    ],
  });
  if (missed.size > 0) throw new Error(`not part of the bundle: ${[...missed].join(", ")}`);
  return (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as MutantSimulator;
}
