/** A value on its way to a jsonb column. */
export function json(value: unknown): string {
  return JSON.stringify(value);
}

/** Epoch milliseconds to a timestamp; null stays null. */
export const AT = (column: string) => `to_timestamp(${column} / 1000.0)`;
