import { maskName, maskPixKey, type PixKey } from "@pacto/banking";
import { pixLookupOutput, type PixKeyOwner, type PixPayee } from "@pacto/contract";
import { auditedStaff, writeAudit } from "../audit/audited.ts";
import type { StaffContext } from "../context.ts";
import type { Pool } from "../database/pools.ts";
import { RefusalError } from "../trpc.ts";
import type { FoundPayee } from "./send/find-account.ts";
import { keyFrom } from "./read-key.ts";
import { selectHolder, selectKey } from "./sql.ts";

const ASK_MS = 1_500;

/** Anti-scan bucket of a person and of a company: how many lookups it holds (DICT). */
const TOKENS_OF_INDIVIDUAL = 100;
const TOKENS_OF_COMPANY = 1_000;
const TOKENS_PER_MINUTE = 2;
/** Guessing keys is what the bucket is against: a miss costs as much as twenty finds. */
const COST_OF_FIND = 1;
const COST_OF_MISS = 20;

export interface FoundKey {
  readonly key: PixKey;
  readonly owner: PixKeyOwner;
}

/**
 * Where a key points, by this bank's directory or, on a miss, by the others'. Only a hint: the
 * payee's bank confirms it at prepare.
 * @throws RefusalError `pix-key-unreadable`, `pix-key-unknown`, `pix-lookups-exhausted`
 */
export async function findKey(
  ctx: StaffContext,
  fromAccount: string,
  typed: string,
): Promise<FoundKey> {
  const key = keyFrom(typed);
  const { bank } = ctx;
  const payer = await selectHolder(bank.pools.api, bank.id, fromAccount);
  if (payer === undefined) {
    const details = { bank: bank.id, account: fromAccount };
    throw new RefusalError({ code: "account-not-found", details });
  }
  const most = payer.kind === "company" ? TOKENS_OF_COMPANY : TOKENS_OF_INDIVIDUAL;
  const bucket = { account: fromAccount, most };
  if (!(await take(bank.pools.api, bucket, COST_OF_FIND))) {
    throw new RefusalError({ code: "pix-lookups-exhausted", details: { account: fromAccount } });
  }
  const own = await selectKey(bank.pools.api, key.value);
  const owner = own?.owner ?? (await askOthers(ctx, key.value, own?.version ?? 0));
  if (owner === null) {
    await take(bank.pools.api, bucket, COST_OF_MISS - COST_OF_FIND);
    throw new RefusalError({ code: "pix-key-unknown", details: { key: key.value } });
  }
  return { key, owner };
}

interface ResolveKey {
  readonly fromAccount: string;
  readonly key: string;
}

/** The payee as the payer's teller may see it before anything is sent. */
export async function resolveKey(ctx: StaffContext, input: ResolveKey): Promise<PixPayee> {
  const found = await findKey(ctx, input.fromAccount, input.key);
  await auditLookup(ctx, { action: "pix.resolveKey", fromAccount: input.fromAccount, found });
  return viewPayee(ctx, input.fromAccount, found);
}

interface Lookup {
  readonly action: "pix.resolveKey" | "pix.confirm";
  readonly fromAccount: string;
  readonly found: FoundPayee;
}

/** Who looked whom up: seeing another person's name is an act. */
export async function auditLookup(
  ctx: StaffContext,
  { action, fromAccount, found }: Lookup,
): Promise<void> {
  const { key, owner } = found;
  await writeAudit(ctx.bank.pools.api, {
    ...auditedStaff(ctx),
    action,
    subject: key === null ? owner.account : maskPixKey(key.value),
    transactionId: null,
    details: { fromAccount, bank: owner.bank },
  });
}

/** Somebody who can be paid, masked, and whether this account ever paid them. */
export async function viewPayee(
  ctx: StaffContext,
  fromAccount: string,
  { key, owner }: FoundPayee,
): Promise<PixPayee> {
  const { rows } = await ctx.bank.pools.api.query<{ known: boolean }>(
    `SELECT EXISTS (SELECT FROM pix_payment
        WHERE direction = 'sent' AND account = $1
          AND details -> 'payee' = jsonb_build_object('bank', $2::text, 'account', $3::text))
       AS known`,
    [fromAccount, owner.bank, owner.account],
  );
  return {
    key: key?.value ?? null,
    type: key?.type ?? null,
    bank: owner.bank,
    agency: owner.agency,
    account: owner.account,
    nameMasked: maskName(owner.name),
    taxIdMasked: maskTaxId(owner.taxId),
    isFirstPayment: rows[0]?.known !== true,
  };
}

/** The newest answer of those who know more of the key than this bank. */
async function askOthers(
  ctx: StaffContext,
  key: string,
  version: number,
): Promise<PixKeyOwner | null> {
  const { bank } = ctx;
  const others = bank.manifest.members.filter(({ id }) => id !== bank.id);
  const answers = await Promise.all(
    others.map(async ({ id }) => {
      const limit = { timeoutMs: ASK_MS };
      const [result] = await bank.peers.call(id, "commit.pixLookup", [{ key }], limit);
      if (result?.kind !== "answer") return undefined;
      return pixLookupOutput.shape.items.element.safeParse(result.value).data;
    }),
  );
  const newer = answers.flatMap((answer) =>
    answer !== undefined && answer.version > version ? [answer] : [],
  );
  return newer.toSorted((one, other) => other.version - one.version)[0]?.owner ?? null;
}

interface Bucket {
  readonly account: string;
  readonly most: number;
}

/** Takes tokens from the account's bucket, which fills with time; false when there are too few. */
async function take(pool: Pool, { account, most }: Bucket, cost: number): Promise<boolean> {
  const { rows } = await pool.query<{ tokens: number }>(
    `INSERT INTO pix_lookup AS bucket (account, tokens) VALUES ($1, $2::float8 - $3)
     ON CONFLICT (account) DO UPDATE
        SET tokens = greatest(-$2::float8, least($2::float8, bucket.tokens
              + extract(epoch FROM now() - bucket.filled_at) / 60 * ${TOKENS_PER_MINUTE}) - $3),
            filled_at = now()
     RETURNING tokens`,
    [account, most, cost],
  );
  return (rows[0]?.tokens ?? 0) >= 0;
}

/** A CPF shows its six middle digits; a company's CNPJ is public. */
function maskTaxId(taxId: string): string {
  if (taxId.length !== 11) return taxId;
  return `***.${taxId.slice(3, 6)}.${taxId.slice(6, 9)}-**`;
}
