import { statusOutput, type StatusOutput } from "@pacto/contract";
import type { Contacts } from "./contacts.ts";
import type { Directory } from "./directory.ts";
import { type Passage, straight } from "./passage.ts";

export interface HeartbeatOptions {
  readonly directory: Pick<Directory, "peers" | "statusUrlOf">;
  readonly contacts: Contacts;
  /** Told when a peer's clock differs by more than 5 s, positive when it is ahead (R44). */
  readonly onSkew: (bank: string, skewMs: number) => void;
  readonly everyMs?: number;
  /** `straight` unless given. */
  readonly passage?: Passage;
}

const EVERY_MS = 3_000;
const PATIENCE_MS = 1_500;
const SKEW_ALARM_MS = 5_000;

/**
 * Looks at each peer's `/status` every few seconds, so that this bank knows who is there before it
 * needs them. Nothing is decided by it: the status is unsigned, and a bank that seems to be away
 * may still vote.
 */
export function startHeartbeat(options: HeartbeatOptions): { readonly stop: () => void } {
  const beat = () => {
    for (const bank of options.directory.peers) void lookAt(bank, options);
  };
  const timer = setInterval(beat, options.everyMs ?? EVERY_MS).unref();
  beat();
  return { stop: () => clearInterval(timer) };
}

async function lookAt(
  bank: string,
  { directory, contacts, onSkew, passage = straight }: HeartbeatOptions,
): Promise<void> {
  const sentAt = Date.now();
  const url = new URL("/status", directory.statusUrlOf(bank));
  const status = await passage<StatusOutput | undefined>({
    bank,
    timeoutMs: PATIENCE_MS,
    send: (withinMs) => fetchStatus(url, withinMs),
    lost: undefined,
  });
  if (status?.bank !== bank) return contacts.missed(bank);
  contacts.reached(bank);
  const now = Date.now();
  // Half of the way there and back is the best guess for when the peer read its clock.
  const skewMs = Date.parse(status.clock) - (sentAt + now) / 2;
  contacts.sawClock(bank, skewMs);
  if (Math.abs(skewMs) - (now - sentAt) / 2 > SKEW_ALARM_MS) onSkew(bank, Math.round(skewMs));
}

async function fetchStatus(url: URL, withinMs: number): Promise<StatusOutput | undefined> {
  try {
    const response = await fetch(url, {
      redirect: "error",
      signal: AbortSignal.timeout(withinMs),
    });
    const parsed = statusOutput.safeParse(await response.json());
    return response.ok && parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
