import type { Descriptor, Hash } from "./descriptor.ts";
import type { Refusal, Vote } from "./statement.ts";

export type Tally =
  | { readonly kind: "wait" }
  | { readonly kind: "commit" }
  | { readonly kind: "abort"; readonly refusal: Refusal };

/**
 * What the votes seen so far amount to. Votes of banks without a branch or on another hash do not
 * count (R16); one NO outweighs everything; commit takes every branch's YES (R24).
 */
export function tally<Proof>(
  descriptor: Descriptor<unknown>,
  hash: Hash,
  votes: readonly Vote<Proof>[],
): Tally {
  let yes = 0;
  for (const { bank } of descriptor.branches) {
    let saidYes = false;
    for (const vote of votes) {
      if (vote.bank !== bank || vote.hash !== hash || vote.transaction !== descriptor.id) continue;
      if (vote.vote === "no") {
        return { kind: "abort", refusal: vote.reason ?? { code: "refused" } };
      }
      saidYes = true;
    }
    if (saidYes) yes += 1;
  }
  return yes === descriptor.branches.length ? { kind: "commit" } : { kind: "wait" };
}
