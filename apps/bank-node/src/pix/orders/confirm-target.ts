import { maskName } from "@pacto/banking";
import type { PixTarget } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import { RefusalError } from "../../trpc.ts";
import { findKey } from "../resolve-key.ts";
import type { OrderRequest } from "./pay-order.ts";

export type Target = Pick<OrderRequest, "key" | "bank" | "account" | "taxId" | "nameMasked">;

/**
 * Whom a target is now, as the teller confirms it. A key counts against the asking account's bucket.
 * @throws RefusalError `pix-key-unknown`, `unknown-bank`, `pix-to-itself`
 */
export async function confirmTarget(
  ctx: StaffContext,
  asking: string,
  target: PixTarget,
): Promise<Target> {
  const found = await locate(ctx, asking, target);
  if (found.bank === ctx.bank.id && found.account === asking) {
    throw new RefusalError({ code: "pix-to-itself", details: {} });
  }
  return found;
}

async function locate(ctx: StaffContext, asking: string, target: PixTarget): Promise<Target> {
  if ("key" in target) {
    const { key, owner } = await findKey(ctx, asking, target.key);
    const { bank, account, taxId, name } = owner;
    return { key: key.value, bank, account, taxId, nameMasked: maskName(name) };
  }
  const { bank } = target;
  if (!ctx.bank.manifest.members.some(({ id }) => id === bank)) {
    throw new RefusalError({ code: "unknown-bank", details: { bank } });
  }
  return { ...target, key: null, taxId: null, nameMasked: null };
}
