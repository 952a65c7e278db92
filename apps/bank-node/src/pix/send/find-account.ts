import type { PixKey } from "@pacto/banking";
import { type PixHolderAnswer, pixHolderOutput, type PixKeyOwner } from "@pacto/contract";
import type { Bank, StaffContext } from "../../context.ts";
import { RefusalError } from "../../trpc.ts";
import { exhausted, rationLookup, rationPeer } from "../lookups/ration.ts";
import { selectHolder } from "../sql.ts";

const ASK_MS = 2_000;

/** Somebody who can be paid; without a key when they were found by their account. */
export interface FoundPayee {
  readonly key: PixKey | null;
  readonly owner: PixKeyOwner;
}

interface At {
  readonly bank: string;
  readonly agency?: string | undefined;
  readonly account: string;
}

/**
 * The holder of an account at any bank, for a payment by bank, agency and account.
 * @throws RefusalError `unknown-bank`, `account-not-found`, `banks-silent`, and as lookups are
 *   rationed
 */
export async function findAccount(
  ctx: StaffContext,
  fromAccount: string,
  { bank, agency, account }: At,
): Promise<FoundPayee> {
  if (!ctx.bank.manifest.members.some(({ id }) => id === bank)) {
    throw new RefusalError({ code: "unknown-bank", details: { bank } });
  }
  const ration = await rationLookup(ctx, fromAccount, null);
  const owner =
    bank === ctx.bank.id ? await holderOf(ctx.bank, account) : await askHolder(ctx, bank, account);
  if (owner === null || (agency !== undefined && owner.agency !== agency)) {
    await ration.missed();
    throw new RefusalError({ code: "account-not-found", details: { bank, account } });
  }
  return { key: null, owner };
}

async function askHolder(
  { bank: { peers, id } }: StaffContext,
  bank: string,
  account: string,
): Promise<PixKeyOwner | null> {
  const limit = { timeoutMs: ASK_MS };
  const [result] = await peers.call(bank, "commit.pixHolder", [{ account }], limit);
  const answer =
    result?.kind === "answer"
      ? pixHolderOutput.shape.items.element.safeParse(result.value).data
      : undefined;
  if (answer === undefined) {
    throw new RefusalError({ code: "banks-silent", details: { banks: bank } });
  }
  if (answer.isRationed) throw exhausted(id);
  return answer.owner?.bank === bank ? answer.owner : null;
}

/** Whose account it is, for a bank whose client means to pay into it. */
export async function answerHolder(
  bank: Bank,
  peer: string,
  account: string,
): Promise<PixHolderAnswer> {
  const answer = await rationPeer(bank, { peer, key: null }, async () => {
    const owner = await holderOf(bank, account);
    return { answer: { owner }, isFound: owner !== null };
  });
  return answer ?? { owner: null, isRationed: true };
}

async function holderOf({ id: bank, pools }: Bank, account: string): Promise<PixKeyOwner | null> {
  const holder = await selectHolder(pools.api, bank, account);
  if (holder === undefined) return null;
  const { agency, taxId, name } = holder;
  return { bank, agency, account, taxId, name };
}
