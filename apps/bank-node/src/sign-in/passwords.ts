import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";

/** Of zxcvbn's 0 to 4: withstands an offline attack for long (10^8 to 10^10 guesses). */
const SCORE_MIN = 3;

let checker: ZxcvbnFactory | undefined;

/**
 * Whether a password would be guessed early: one of the most used of known breaches, a row of
 * keys, a date, or made of what everybody knows of its owner. Works offline.
 */
export function isWeakPassword(password: string, about: readonly string[]): boolean {
  checker ??= new ZxcvbnFactory({
    graphs: common.adjacencyGraphs,
    dictionary: { ...common.dictionary },
  });
  return checker.check(password, ["pacto", ...about]).score < SCORE_MIN;
}
