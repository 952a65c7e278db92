const PERCENT = /^([0-9]{1,4})(?:[.,]([0-9]{1,4}))?$/;

/**
 * A rate in parts per million from a percentage as people write it: `1,99` and `1.99` are 19900.
 * Null for what is no percentage of at most four decimals.
 */
export function readPpm(text: string): number | null {
  const [, whole, decimals = ""] = PERCENT.exec(text.trim().replace(/\s*%$/, "")) ?? [];
  if (whole === undefined) return null;
  return Number(whole) * 10_000 + Number(decimals.padEnd(4, "0"));
}
