import { maskName } from "@pacto/banking";
import type { AccountState } from "@pacto/banking";
import type { PreviewBranch, Work } from "@pacto/contract";
import type { Pool } from "../database/pools.ts";
import { readSpending } from "../ledger/engine/fetch-spending.ts";
import { WorkingSet } from "../ledger/engine/working-set.ts";
import { accountsOf, reserveBranch } from "./branch-money.ts";

interface PreviewRow extends AccountState {
  readonly number: string;
  readonly holder: string | null;
  readonly signing: string;
}

/**
 * Prepare's own decision over a snapshot, without a lock and without holding anything. What it
 * says can change before prepare; prepare decides again.
 */
export async function previewBranch(
  bank: { readonly id: string; readonly pools: { readonly api: Pool } },
  work: Work,
): Promise<PreviewBranch> {
  const { rows } = await bank.pools.api.query<PreviewRow>(
    `SELECT a.id, a.number, a.status, a.debits_blocked AS "debitsBlocked",
            a.credits_blocked AS "creditsBlocked", a.floor, a.ceiling, a.ledger, a.held,
            a.incoming, a.version, a.signing,
            (SELECT c.name FROM account_holder h JOIN client c ON c.id = h.client_id
              WHERE h.account_id = a.id ORDER BY h.position LIMIT 1) AS holder
       FROM account a WHERE a.number = ANY($1::text[])`,
    [accountsOf(work)],
  );
  const set = emptySet(bank.id);
  for (const { number, holder: _, signing, ...state } of rows) {
    set.addAccount(number, state, signing === "both");
  }
  const ids = rows.map(({ id }) => id);
  set.spending.load(await readSpending(bank.pools.api, ids));
  const holders = rows.flatMap(({ number, holder }) =>
    holder === null ? [] : [{ account: number, holderMasked: maskName(holder) }],
  );
  // The holds are placed in a working set that nobody writes.
  return { refusal: reserveBranch(bank.id, set, "preview", work) ?? null, holders };
}

function emptySet(bank: string): WorkingSet {
  const none = new Map<string, never>();
  return new WorkingSet({
    bank,
    now: Date.now(),
    incarnation: 0,
    recovering: false,
    draining: false,
    counterRules: { drawersRequired: false, withdrawalMax: null },
    approvalRules: { isRequired: false, amountFrom: null },
    peers: none,
    exposures: none,
    idempotency: none,
    coordinators: none,
    branches: none,
    registers: none,
  });
}
