import type { AccountId } from "@pacto/banking";
import type { InterestKind } from "@pacto/contract";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import type { Days } from "./sql.ts";

interface InterestPosting {
  readonly account: AccountId;
  readonly kind: InterestKind | "manual";
  readonly days: Days;
  readonly amount: bigint;
  readonly posting: { readonly id: string; readonly actor: string };
}

/** Says beside the posting for which time it is: a second one for that time is refused by the key. */
export function keepPosting(
  set: WorkingSet,
  { account, kind, days, amount, posting }: InterestPosting,
): void {
  set.alsoWrite({
    name: "interest-posting",
    text: `INSERT INTO interest_posting
                  (account_id, kind, from_on, to_on, amount, posting_id, created_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [account, kind, days.from, days.to, amount, posting.id, posting.actor],
  });
}
