import type { Refusal } from "@pacto/contract";
import { bankClient } from "../../banks/client.tsx";
import { settle } from "../../banks/refusal.ts";
import { holderNames } from "../accounts/account-table.tsx";
import type { SideDraft } from "./builder-draft.ts";
import type { PastedLine } from "./pasted-lines.ts";

/** An account in whose name PIX keys are looked up: each account has a ration of lookups. */
export interface Asker {
  readonly bank: string;
  readonly account: string;
}

export type FoundSide = Pick<SideDraft, "bank" | "account">;

export type Found =
  | { readonly kind: "found"; readonly side: FoundSide }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "away" }
  /** A key without an account in whose name it may be looked up. */
  | { readonly kind: "no-asker" };

/** Whose account a pasted line names, from the bank that has it or by its PIX key. */
export function findLine({ target }: PastedLine, asker: Asker | null): Promise<Found> {
  if (target.kind === "key") return findByKey(target.key, asker);
  return findAccount(target.bank, target.number);
}

async function findAccount(bank: string, number: string): Promise<Found> {
  const sent = await settle(() => bankClient(bank).accounts.get.query({ number }));
  if (sent.kind === "refused") return sent;
  if (sent.kind === "unknown") return { kind: "away" };
  const { account } = sent.value;
  return { kind: "found", side: { bank, account: { number, holder: holderNames(account) } } };
}

export async function findByKey(key: string, asker: Asker | null): Promise<Found> {
  if (asker === null) return { kind: "no-asker" };
  const { bank, account: fromAccount } = asker;
  const sent = await settle(() => bankClient(bank).pix.resolveKey.mutate({ fromAccount, key }));
  if (sent.kind === "refused") return sent;
  if (sent.kind === "unknown") return { kind: "away" };
  const { payee } = sent.value;
  const account = { number: payee.account, holder: payee.nameMasked };
  return { kind: "found", side: { bank: payee.bank, account } };
}
