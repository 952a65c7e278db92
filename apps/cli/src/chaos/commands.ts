import type { Language } from "../language/language.ts";
import { leaf, type Leaf } from "../program/leaf.ts";
import type { ChaosOptions } from "./chaos.ts";

export function disasters({ texts: { chaos: says } }: Language): Leaf[] {
  return [
    leaf({
      name: "chaos",
      summary: says.summary,
      options: [
        ["--minutes <n>", says.minutes],
        ["--seed <n>", says.seed],
        ["--faults <list>", says.faults],
        ["--tellers <n>", says.tellers],
        ["--sequential", says.sequential],
        ["--parallel", says.parallel],
        ["--folder <path>", says.folder],
      ],
      run: async (session, _, given: ChaosOptions) => {
        const { chaos } = await import("./chaos.ts");
        return chaos(session, given);
      },
    }),
  ];
}
