import { pixKeyType } from "@pacto/banking";
import type { PixRulesView } from "@pacto/contract";
import type { Pool } from "../../database/pools.ts";

/** What is looked up; each kind has a bucket of its own (DICT). */
export type LookupKind = "contact" | "document" | "account";

/** Guessing phones and e-mails is one thing, running through documents another. */
export function lookupKind(key: string | null): LookupKind {
  const type = key === null ? null : pixKeyType(key);
  if (type === null) return "account";
  return type === "PHONE" || type === "EMAIL" ? "contact" : "document";
}

export interface Bucket {
  /** Number of an account of this bank, or of `bankAsker`. */
  readonly asker: string;
  readonly kind: LookupKind;
  /** Tokens of a full bucket, and how many come back in a minute. */
  readonly most: number;
  readonly perMinute: number;
}

export function accountBucket(
  rules: PixRulesView,
  account: { readonly number: string; readonly holder: string },
  kind: LookupKind,
): Bucket {
  const { lookupsOfCompany, lookupsOfIndividual, lookupsPerMinute } = rules;
  const most = account.holder === "company" ? lookupsOfCompany : lookupsOfIndividual;
  return { asker: account.number, kind, most, perMinute: lookupsPerMinute };
}

/** Of a whole bank: this one's own staff together, or another one that asks. */
export function bankBucket(rules: PixRulesView, bank: string, kind: LookupKind): Bucket {
  const { lookupsOfBank: most, lookupsOfBankPerMinute: perMinute } = rules;
  return { asker: `bank:${bank}`, kind, most, perMinute };
}

/**
 * Takes tokens out of a bucket, which fills with time and, of an account, with each payment that is
 * really made. A bucket may be overdrawn by one miss, no further.
 * @returns false when there were too few
 */
export async function takeTokens(
  pool: Pool,
  { asker, kind, most, perMinute }: Bucket,
  cost: number,
): Promise<boolean> {
  const { rows } = await pool.query<{ tokens: number }>(
    `INSERT INTO pix_lookup AS bucket (asker, keys, tokens, most)
     VALUES ($1, $2, $3::float8 - $4, $3)
     ON CONFLICT (asker, keys) DO UPDATE
        SET tokens = greatest(-$3::float8, least($3::float8, bucket.tokens
              + extract(epoch FROM now() - bucket.filled_at) / 60 * $5::float8) - $4),
            most = excluded.most, filled_at = now()
     RETURNING tokens`,
    [asker, kind, most, cost, perMinute],
  );
  return (rows[0]?.tokens ?? 0) >= 0;
}
