import { setTimeout as delay } from "node:timers/promises";
import type { TransferView } from "@pacto/contract";
import { readBank } from "../arguments/references.ts";
import { readKey, readWhole } from "../arguments/scalars.ts";
import { readSides, type Sides } from "../arguments/sides.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { Unanswered } from "../exit.ts";
import { money } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { previewTransfer } from "./preview-transfer.ts";
import { isDecided, transferLines } from "./transfer-lines.ts";

export interface TransferOptions {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly coordinator?: string;
  readonly purpose?: string;
  readonly wait?: string;
  readonly preview?: boolean;
  readonly key?: string;
}

const WAIT_DEFAULT_S = 5;
const WAIT_MAX_S = 3_600;
/** What one request may wait for; a longer wait asks again. */
const NODE_WAIT_MAX_MS = 30_000;
const NETWORK_MS = 10_000;
const POLL_MS = 250;

/**
 * Moves money all or nothing. Exit 0 only when it is committed; 1 when the banks refused, and
 * nothing was moved anywhere; 3 while it is not known, with the key that asks again.
 */
export async function transfer(session: Session, options: TransferOptions): Promise<Told> {
  const { language } = session;
  const sides = readSides(options.from, options.to, language);
  const key = readKey(options.key, language);
  const waitText = options.wait ?? String(WAIT_DEFAULT_S);
  const waitMs = readWhole(waitText, [0, WAIT_MAX_S], language) * 1_000;
  const [payer] = sides.from;
  const asked = options.coordinator ?? payer?.bank ?? "";
  const coordinator = readBank(asked, language);
  if (options.preview === true) return previewTransfer(session, coordinator, sides);
  const begun = await begin(session, coordinator, {
    sides,
    key,
    waitMs,
    purpose: options.purpose ?? "",
  });
  return tellOutcome(session, await waitLonger(session, begun, waitMs), key);
}

interface Order {
  readonly sides: Sides;
  readonly purpose: string;
  readonly key: string;
  readonly waitMs: number;
}

async function begin(
  session: Session,
  coordinator: string,
  { sides, purpose, key, waitMs }: Order,
): Promise<TransferView> {
  const nodeWaitMs = Math.min(waitMs, NODE_WAIT_MAX_MS);
  const { transfer: begun } = await askBank(
    session.consortium(),
    coordinator,
    (api) =>
      api.transfers.create.mutate({
        idempotencyKey: key,
        from: [...sides.from],
        to: [...sides.to],
        purpose,
        waitMs: nodeWaitMs,
      }),
    { key, timeoutMs: nodeWaitMs + NETWORK_MS },
  );
  return begun;
}

/** Asks again until it is decided or the time is up; a coordinator that dies meanwhile is asked on. */
async function waitLonger(
  session: Session,
  begun: TransferView,
  waitMs: number,
): Promise<TransferView> {
  const until = performance.now() + waitMs - NODE_WAIT_MAX_MS;
  let known = begun;
  while (!isDecided(known) && performance.now() < until && !session.signal.aborted) {
    await delay(POLL_MS);
    try {
      const { id, coordinator } = known;
      const question = askBank(session.consortium(), coordinator, (api) =>
        api.transfers.get.query({ id }),
      );
      known = (await question).transfer;
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
    }
  }
  return known;
}

function tellOutcome(session: Session, view: TransferView, key: string): Told {
  const { language } = session;
  const { says } = language.texts;
  const json = { transfer: view, idempotencyKey: key };
  const lines = transferLines(view, session);
  if (view.state === "committed") {
    return { json, lines: [says.committed(money(view.totalCentavos, language)), ...lines] };
  }
  if (view.state === "aborted") {
    const refusal = view.refusal ?? undefined;
    return { json, lines: [says.notDone, ...lines], exit: 1, refusal };
  }
  return { json, lines, exit: 3, notes: [says.inProgress(`${view.coordinator}/${view.id}`)] };
}
