import type { PixRulesView } from "@pacto/contract";
import type { Bank, StaffContext } from "../../context.ts";
import { RefusalError } from "../../trpc.ts";
import { readRules } from "../rules/rules.ts";
import { selectHolder } from "../sql.ts";
import { accountBucket, bankBucket, type Bucket, lookupKind, takeTokens } from "./buckets.ts";

/** A lookup that finds somebody. */
const COST_OF_FIND = 1;

export interface Ration {
  /** Says that nobody was found, which costs more: guessing is what the buckets are against. */
  readonly missed: () => Promise<void>;
}

/**
 * Counts a lookup in the name of an account here, against the account and against the whole bank.
 * @param key null where the payee is looked up by bank and account
 * @throws RefusalError `account-not-found`, `pix-lookups-exhausted`, `pix-lookups-of-bank-exhausted`
 */
export async function rationLookup(
  { bank }: StaffContext,
  fromAccount: string,
  key: string | null,
): Promise<Ration> {
  const pool = bank.pools.api;
  const payer = await selectHolder(pool, bank.id, fromAccount);
  if (payer === undefined) {
    const details = { bank: bank.id, account: fromAccount };
    throw new RefusalError({ code: "account-not-found", details });
  }
  const rules = await readRules(pool);
  const kind = lookupKind(key);
  const ofAccount = accountBucket(rules, { number: fromAccount, holder: payer.kind }, kind);
  if (!(await takeTokens(pool, ofAccount, COST_OF_FIND))) {
    throw new RefusalError({ code: "pix-lookups-exhausted", details: { account: fromAccount } });
  }
  const ofBank = bankBucket(rules, bank.id, kind);
  if (!(await takeTokens(pool, ofBank, COST_OF_FIND))) throw exhausted(bank.id);
  return {
    missed: async () => {
      await miss(bank, ofAccount, rules.lookupMissCost);
      await miss(bank, ofBank, rules.lookupMissCostOfBank);
    },
  };
}

/** This bank's staff together, or the bank as another one sees it, asked for too many. */
export function exhausted(bank: string): RefusalError {
  return new RefusalError({ code: "pix-lookups-of-bank-exhausted", details: { bank } });
}

/**
 * Answers another bank's lookup within what that bank may ask: its word that it rations its own
 * staff is not needed.
 * @returns undefined when it has asked too much
 */
export async function rationPeer<Answer>(
  bank: Bank,
  { peer, key }: { readonly peer: string; readonly key: string | null },
  look: () => Promise<{ readonly answer: Answer; readonly isFound: boolean }>,
): Promise<Answer | undefined> {
  const rules: PixRulesView = await readRules(bank.pools.api);
  const bucket = bankBucket(rules, peer, lookupKind(key));
  if (!(await takeTokens(bank.pools.api, bucket, COST_OF_FIND))) return undefined;
  const { answer, isFound } = await look();
  if (!isFound) await miss(bank, bucket, rules.lookupMissCostOfBank);
  return answer;
}

async function miss(bank: Bank, bucket: Bucket, cost: number): Promise<void> {
  await takeTokens(bank.pools.api, bucket, Math.max(0, cost - COST_OF_FIND));
}
