/** Longest amount of a BR Code, in characters. */
const LENGTH_MAX = 13;

/** The amount of a BR Code ("98", "98.", "98.7", "98.73") in centavos, or null when it is none. */
export function readAmount(text: string): bigint | null {
  const shape = /^([0-9]+)(?:\.([0-9]{0,2}))?$/.exec(text);
  if (!shape || text.length > LENGTH_MAX) return null;
  return BigInt(`${shape[1]}${(shape[2] ?? "").padEnd(2, "0")}`);
}
