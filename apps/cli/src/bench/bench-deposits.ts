import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

export function benchDeposits(
  _session: Session,
  _bank: string | undefined,
  _options: object,
): Promise<Told> {
  throw new Error("not yet");
}
