import { describe, expect, it } from "vitest";
import { explore } from "../src/simulator/index.ts";
import { loadMutant } from "./build-mutant.ts";
import { mutants } from "./mutants.ts";
import { must } from "./scenes.ts";

const small = { participants: 2, replicas: 2, statesMax: 20_000 };

/** Guarantee: for one transaction over three banks there is no schedule at all that breaks it. */
describe("every reachable state of one transaction", () => {
  it("agrees, holds exactly what is undecided, and can come to rest", () => {
    const result = explore(small);
    expect(result.violation).toBeNull();
    expect(result.states).toBeGreaterThan(4_000);
    expect(result.atRest).toBeGreaterThan(500);
  }, 180_000);

  it.each([
    "no tombstone",
    "peer answers aborted without a record",
    "an uncertain peer means abort",
    "presumes abort while voting",
    "a late YES turns an abort into a commit",
    "abort keeps the hold",
  ])(
    "is not what a mutant has: %s",
    async (name) => {
      const mutant = must(mutants.find((one) => one.name === name));
      const mutated = await loadMutant(mutant.edits);
      expect(mutated.explore(small).violation).not.toBeNull();
    },
    180_000,
  );
});
