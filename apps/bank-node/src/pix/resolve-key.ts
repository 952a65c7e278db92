import { maskName, maskPixKey, type PixKey } from "@pacto/banking";
import { pixLookupOutput, type PixKeyOwner, type PixPayee } from "@pacto/contract";
import { auditedStaff, writeAudit } from "../audit/audited.ts";
import type { StaffContext } from "../context.ts";
import { RefusalError } from "../trpc.ts";
import { exhausted, rationLookup } from "./lookups/ration.ts";
import type { FoundPayee } from "./send/find-account.ts";
import { keyFrom } from "./read-key.ts";
import { selectKey } from "./sql.ts";

const ASK_MS = 1_500;

export interface FoundKey {
  readonly key: PixKey;
  readonly owner: PixKeyOwner;
}

/**
 * Where a key points, by this bank's directory or, on a miss, by the others'. Only a hint: the
 * payee's bank confirms it at prepare.
 * @throws RefusalError `pix-key-unreadable`, `pix-key-unknown`, `pix-lookups-exhausted`,
 *   `pix-lookups-of-bank-exhausted`
 */
export async function findKey(
  ctx: StaffContext,
  fromAccount: string,
  typed: string,
): Promise<FoundKey> {
  const key = keyFrom(typed);
  const ration = await rationLookup(ctx, fromAccount, key.value);
  const own = await selectKey(ctx.bank.pools.api, key.value);
  const owner = own?.owner ?? (await askOthers(ctx, key.value, own?.version ?? 0));
  if (owner === null) {
    await ration.missed();
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
  const [newest] = newer.toSorted((one, other) => other.version - one.version);
  // Whether anybody has it is not known then.
  if (newest === undefined && answers.some((answer) => answer?.isRationed))
    throw exhausted(bank.id);
  return newest?.owner ?? null;
}

/** A CPF shows its six middle digits; a company's CNPJ is public. */
function maskTaxId(taxId: string): string {
  if (taxId.length !== 11) return taxId;
  return `***.${taxId.slice(3, 6)}.${taxId.slice(6, 9)}-**`;
}
