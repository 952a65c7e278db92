import { createHash } from "node:crypto";
import { claimTypeFor, type PixKey, pixKeysMax } from "@pacto/banking";
import type { PixKeyOwner, PixKeyView, Refusal } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { changeKey } from "./change-key.ts";
import { viewKey } from "./list-keys.ts";
import { keyFrom } from "./read-key.ts";
import { type HolderRow, selectHolder, selectKey } from "./sql.ts";

interface RegisterKey {
  readonly idempotencyKey: string;
  readonly account: string;
  readonly key?: string | undefined;
}

/**
 * Registers a key for an account of this bank, unique over the consortium. Without a key the node
 * makes a random one, the same for the same idempotency key.
 * @throws RefusalError `pix-key-portable`, `pix-key-of-other-person`, `pix-key-limit`, `pix-key-of-another`, `pix-no-majority`
 */
export async function registerKey(ctx: StaffContext, input: RegisterKey): Promise<PixKeyView> {
  const key = input.key === undefined ? randomKey(ctx, input.idempotencyKey) : keyFrom(input.key);
  const holder = await selectHolder(ctx.bank.pools.api, ctx.bank.id, input.account);
  if (holder === undefined) {
    const details = { bank: ctx.bank.id, account: input.account };
    throw new RefusalError({ code: "account-not-found", details });
  }
  const { agency, name, taxId } = holder;
  const isDocument = key.type === "CPF" || key.type === "CNPJ";
  if (isDocument && key.value !== taxId) {
    throw new RefusalError({ code: "pix-key-of-another", details: { account: input.account } });
  }
  await remember(ctx, "pix.registerKey", input);
  const owner: PixKeyOwner = { bank: ctx.bank.id, agency, account: input.account, taxId, name };
  const refusal = await changeKey(ctx, key.value, (row) => {
    if (row?.owner?.bank === owner.bank && row.owner.account === owner.account) return null;
    if (row?.owner) return whatInstead(key, row.owner, owner);
    return { kind: "claim", type: key.type, key: key.value, owner };
  });
  return tell(ctx, key.value, refusal);
}

/** Why a claim for an account is in vain as it stands, or null; the engine decides when it comes. */
export function keyRoom(holder: HolderRow, account: string): Refusal | null {
  const most = pixKeysMax(holder.kind);
  return holder.keys < most ? null : { code: "pix-key-limit", details: { account, most } };
}

/** Somebody has the key already: what the teller can do for the client instead. */
function whatInstead({ type, value: key }: PixKey, has: PixKeyOwner, wants: PixKeyOwner): Refusal {
  const isSamePerson = has.taxId === wants.taxId;
  if (has.bank === wants.bank && isSamePerson) {
    return { code: "pix-key-here", details: { key, account: has.account } };
  }
  const details = { key, owner: has.bank };
  const claim = claimTypeFor(type, isSamePerson);
  if (claim === "portability") return { code: "pix-key-portable", details };
  if (claim === "ownership") return { code: "pix-key-of-other-person", details };
  return { code: "pix-key-taken", details };
}

interface MoveKey {
  readonly idempotencyKey: string;
  readonly key: string;
  readonly account: string;
}

/** Points a key of this bank to another account of the same person here. */
export async function moveKey(ctx: StaffContext, input: MoveKey): Promise<PixKeyView> {
  const { type, value: key } = keyFrom(input.key);
  const { bank } = ctx;
  const holder = await selectHolder(bank.pools.api, bank.id, input.account);
  await remember(ctx, "pix.moveKey", input);
  const refusal = await changeKey(ctx, key, (row) => {
    const owner = row?.owner ?? null;
    if (owner?.bank !== bank.id) {
      return { code: "pix-key-not-held", details: { bank: bank.id, key } };
    }
    if (owner.account === input.account) return null;
    if (holder?.taxId !== owner.taxId) {
      return { code: "pix-key-of-another", details: { account: input.account } };
    }
    const { agency, name } = holder;
    return { kind: "move", type, key, owner: { ...owner, agency, name, account: input.account } };
  });
  return tell(ctx, key, refusal);
}

interface RemoveKey {
  readonly idempotencyKey: string;
  readonly key: string;
}

/** Removes a key that this bank holds; it can be registered again by whoever it belongs to. */
export async function removeKey(ctx: StaffContext, input: RemoveKey): Promise<void> {
  const { type, value: key } = keyFrom(input.key);
  const bank = ctx.bank.id;
  await remember(ctx, "pix.removeKey", input);
  const refusal = await changeKey(ctx, key, (row) => {
    const owner = row?.owner ?? null;
    if (owner === null) return null;
    if (owner.bank !== bank) return { code: "pix-key-not-held", details: { bank, key } };
    return { kind: "remove", type, key, owner: null };
  });
  if (refusal !== null) throw new RefusalError(refusal);
}

async function tell(ctx: StaffContext, key: string, refusal: Refusal | null): Promise<PixKeyView> {
  if (refusal !== null) throw new RefusalError(refusal);
  const row = await selectKey(ctx.bank.pools.api, key);
  if (!row?.owner) throw new RefusalError({ code: "pix-key-changed", details: { key } });
  return viewKey(row, row.owner);
}

/**
 * The directory itself says what became of an operation, so the same request again finds it done;
 * what is kept is that the key was used for this request and no other.
 */
async function remember(
  ctx: StaffContext,
  operation: string,
  input: { readonly idempotencyKey: string },
): Promise<void> {
  await onceInTransaction(ctx, { operation, input }, () =>
    Promise.resolve({ answer: { ok: true, value: {} }, audit: null }),
  );
}

/** A random key (EVP) that only this person's idempotency key leads to. */
function randomKey(ctx: StaffContext, idempotencyKey: string): PixKey {
  const hex = createHash("sha256")
    .update(`evp ${ctx.bank.id} ${actorScope(ctx.actor)} ${idempotencyKey}`)
    .digest("hex");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
  return { type: "EVP", value: [...parts, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-") };
}
