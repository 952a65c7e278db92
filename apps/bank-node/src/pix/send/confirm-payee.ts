import type { ConfirmedPix } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import { auditLookup, viewPayee } from "../resolve-key.ts";
import { readTarget, type Target } from "./read-target.ts";

/** Whom and what would be paid, as the payer's teller reads it out before anything is sent. */
export async function confirmPayee(
  ctx: StaffContext,
  { fromAccount, ...target }: Target & { readonly fromAccount: string },
): Promise<ConfirmedPix> {
  const { payee, ...asked } = await readTarget(ctx, fromAccount, target);
  await auditLookup(ctx, { action: "pix.confirm", fromAccount, found: payee });
  return { payee: await viewPayee(ctx, fromAccount, payee), ...asked };
}
