import type { BankHealth } from "./health.ts";

/** How far a bank's clock is ahead of this screen's, in milliseconds; half of the way taken off. */
export function clockOffMs({ status, answeredAt, latencyMs }: BankHealth): number | null {
  if (status === null || answeredAt === null) return null;
  return Math.round(Date.parse(status.clock) + (latencyMs ?? 0) / 2 - answeredAt);
}
