import type { Signer, Verifier } from "@pacto/contract/signing";
import type { AuditAlarm } from "./raise-alarm.ts";

/** What a bank needs to seal its history and to watch over that of others. */
export interface AuditParts {
  readonly signer: Signer;
  readonly verifier: Verifier;
  /** How often rows are sealed and other banks are looked at. */
  readonly everyMs: number;
  /** Told of each alarm once, when its evidence is durable. */
  readonly onAlarm: (alarm: AuditAlarm) => void;
}
