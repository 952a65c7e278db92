import type { Language } from "../language/language.ts";
import { leaf, type Leaf } from "../program/leaf.ts";
import type { SimulateOptions } from "./simulate.ts";

export function simulations({ texts: { simulate: says } }: Language): Leaf[] {
  return [
    leaf({
      name: "simulate",
      summary: says.summary,
      options: [
        ["--seed <n>", says.seed],
        ["--schedules <n>", says.schedules],
        ["--mode <local|register>", says.mode],
        ["--trace", says.trace],
        ["--mermaid", says.mermaid],
        ["--coordinator-deaths <n>", says.deaths],
      ],
      run: async (session, _, given: SimulateOptions) => {
        const { simulate } = await import("./simulate.ts");
        return simulate(session, given);
      },
    }),
  ];
}
