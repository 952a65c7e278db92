import { randomInt } from "node:crypto";

const LENGTH = 11;
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The random end of an end-to-end id or a return id. */
export function randomSuffix(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
}
