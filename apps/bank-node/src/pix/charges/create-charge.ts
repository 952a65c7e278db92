import { randomBytes } from "node:crypto";
import { saoPauloDate } from "@pacto/banking";
import type { AskedTerms, ChargeView } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import { refused, type Answer } from "../../idempotency/once.ts";
import { onceInTransaction } from "../../idempotency/once-in-transaction.ts";
import { keyFrom } from "../read-key.ts";
import { selectKey } from "../sql.ts";
import { RefusalError } from "../../trpc.ts";
import { expiryOf, faultOf } from "./due.ts";
import { getCharge } from "./read-charges.ts";

interface CreateCharge {
  readonly idempotencyKey: string;
  readonly txid?: string | undefined;
  readonly key: string;
  readonly terms: AskedTerms;
}

/**
 * Asks somebody to pay a key of this bank: at once (cob) or until a date (cobv). The payload is
 * found at its location from now on.
 * @throws RefusalError `pix-key-not-held`, `pix-charge-terms`, `pix-charge-taken`
 */
export async function createCharge(ctx: StaffContext, input: CreateCharge): Promise<ChargeView> {
  const { account, key } = await ownKey(ctx, input.key);
  const { terms } = input;
  const fault = faultOfTerms(terms);
  if (fault !== null) throw new RefusalError({ code: "pix-charge-terms", details: { fault } });
  const { txid } = await onceInTransaction(
    ctx,
    { operation: "pix.charges.create", input },
    async (tx) => {
      const id = input.txid ?? randomBytes(16).toString("hex");
      const expiresAt = expiryOf(terms, new Date());
      const token = randomBytes(18).toString("base64url");
      const { rowCount } = await tx.query(
        `INSERT INTO pix_charge (txid, kind, key, account, terms, token, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (txid) DO NOTHING`,
        [id, terms.kind, key, account, JSON.stringify(terms), token, expiresAt],
      );
      if (rowCount === 0) {
        const answer: Answer<never> = refused("pix-charge-taken", { txid: id });
        return { answer, audit: null };
      }
      await tx.query("INSERT INTO pix_charge_revision (txid, revision, terms) VALUES ($1, 0, $2)", [
        id,
        JSON.stringify(terms),
      ]);
      const audit = { subject: id, details: { key, account, terms } };
      return { answer: { ok: true, value: { txid: id } }, audit };
    },
  );
  return getCharge(ctx, { txid });
}

/** A key that points to an account here. @throws RefusalError `pix-key-not-held` */
export async function ownKey(
  ctx: StaffContext,
  typed: string,
): Promise<{ readonly key: string; readonly account: string }> {
  const { value: key } = keyFrom(typed);
  const owner = (await selectKey(ctx.bank.pools.api, key))?.owner;
  if (owner?.bank === ctx.bank.id) return { key, account: owner.account };
  throw new RefusalError({ code: "pix-key-not-held", details: { bank: ctx.bank.id, key } });
}

/** What is wrong with the terms, or null. */
export function faultOfTerms(terms: AskedTerms): string | null {
  if (terms.kind === "due" && terms.dueOn < saoPauloDate(new Date())) return "due-in-the-past";
  return faultOf(terms);
}
