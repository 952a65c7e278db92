import { auditedNode } from "../../audit/audited.ts";
import type { Bank } from "../../context.ts";
import { once, type Answer } from "../../idempotency/once.ts";
import type { Command } from "../../ledger/engine/command.ts";
import { idempotencyMapKey } from "../../ledger/engine/fetch.ts";
import type { WorkingSet } from "../../ledger/engine/working-set.ts";
import { SPECIAL_RETURNS } from "../../ledger/internal-accounts.ts";
import { newId } from "../../new-id.ts";
import { readRules } from "../rules/rules.ts";
import {
  amountToHold,
  hasChanged,
  type Held,
  type HoldAnswer,
  type Original,
  placeHold,
  RETURNS,
  untilHeld,
} from "./hold-what-is-left.ts";
import { type HoldRow, SELECT_HOLD } from "./returns.ts";

const DUE_MAX = 16;
const NOTHING = { ok: true, value: { heldCentavos: 0 } } as const;

/**
 * Blocks money that came later to accounts in which a special return looks for some still; the
 * oldest return first. Says whether there was any.
 */
export async function holdArrivals(bank: Bank): Promise<boolean> {
  const { rows } = await bank.pools.recovery.query<HoldRow>(
    `${SELECT_HOLD} h
      WHERE missing > 0 AND state IN ('held', 'empty') AND watch_until > now()
        AND EXISTS (SELECT FROM account a
                     WHERE a.number = h.account AND a.status <> 'closed' AND a.ledger > a.held)
      ORDER BY id LIMIT ${DUE_MAX}`,
  );
  if (rows.length === 0) return false;
  const { returnAnalysisMinutes } = await readRules(bank.pools.recovery);
  let total = 0;
  for (const row of rows) {
    // oxlint-disable-next-line no-await-in-loop -- the older return takes what it lacks first
    total += await untilHeld(bank, row, (original) =>
      arrivalCommand(row, { id: newId(), original, minutes: returnAnalysisMinutes }),
    );
  }
  return total > 0;
}

interface Arrival {
  readonly id: string;
  readonly original: Original | null;
  /** How long an auditor has to decide on it. */
  readonly minutes: number;
}

/** What is held already tells one arrival from the next: each is blocked once. */
function arrivalCommand(row: HoldRow, arrival: Arrival): Command<HoldAnswer> {
  const key = `arrival:${row.id}:${row.held}`;
  const asked = { scope: RETURNS, key, operation: "pix.returns.holdArrival", request: {} };
  return {
    name: "pix.returns.holdArrival",
    priority: "begin",
    idempotency: { scope: RETURNS, key },
    accounts: () => [row.account, SPECIAL_RETURNS],
    specialReturn: row.id,
    ...(arrival.original === null ? {} : { refunded: row.about.endToEndId }),
    decide(set) {
      const isNew = set.idempotency.get(idempotencyMapKey({ scope: RETURNS, key })) === undefined;
      if (!isNew) return once(set, asked, (): Answer<Held> => NOTHING);
      if (hasChanged(set, row, arrival.original)) return "busy";
      const amount = amountNow(set, row, arrival.original);
      // Not kept under the key: the next money that comes is this key's.
      if (amount <= 0n) return NOTHING;
      return once(set, asked, () => hold(set, row, { ...arrival, amount }));
    },
  };
}

/** Centavos to block now; none once the return was decided, or others have blocked meanwhile. */
function amountNow(set: WorkingSet, row: HoldRow, original: Original | null): bigint {
  const now = set.returnHolds.get(row.id);
  const isOpen = now?.state === "held" || now?.state === "empty";
  if (now === undefined || !isOpen || !now.isWatched || now.held !== row.held) return 0n;
  if (original === null || original.left >= now.missing) return amountToHold(set, row, now.missing);
  // The rest of it was given back by the receiver: that is sought no more.
  set.alsoWrite({
    name: "pix-return-sought-less",
    text: "UPDATE pix_return_hold SET missing = $2 WHERE id = $1",
    values: [row.id, original.left],
  });
  set.returnHolds.set(row.id, { ...now, missing: original.left });
  return amountToHold(set, row, original.left);
}

function hold(
  set: WorkingSet,
  row: HoldRow,
  { id, amount, original, minutes }: Arrival & { readonly amount: bigint },
): Answer<Held> {
  const now = set.returnHolds.get(row.id);
  if (now === undefined || !placeHold(set, row, { id, amount, original })) {
    throw new Error(`account ${row.account} cannot give what it has`);
  }
  set.returnHolds.set(row.id, {
    id: row.id,
    state: "held",
    held: now.held + amount,
    missing: now.missing - amount,
    isWatched: true,
  });
  set.alsoWrite({
    name: "pix-return-arrival",
    text: "INSERT INTO pix_return_arrival (id, hold_id, amount) VALUES ($1, $2, $3)",
    values: [id, row.id, amount],
  });
  set.alsoWrite({
    name: "pix-return-held-more",
    text: `UPDATE pix_return_hold
              SET state = 'held', held = held + $2, missing = missing - $2, wake_at = now(),
                  decide_by = coalesce(decide_by, now() + $3 * interval '1 minute')
            WHERE id = $1`,
    values: [row.id, amount, minutes],
  });
  set.audit({
    ...auditedNode(set.bank),
    action: "pix.returns.holdArrival",
    subject: row.id,
    transactionId: id,
    details: { case: row.caseId, account: row.account, amountCentavos: Number(amount) },
  });
  return { ok: true, value: { heldCentavos: Number(amount) } };
}
