import type { PixKey } from "@pacto/banking";
import { pixHolderOutput, type PixKeyOwner } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import type { Pool } from "../../database/pools.ts";
import { RefusalError } from "../../trpc.ts";
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
 * @throws RefusalError `unknown-bank`, `account-not-found`, `banks-silent`
 */
export async function findAccount(
  ctx: StaffContext,
  { bank, agency, account }: At,
): Promise<FoundPayee> {
  const { manifest, id, pools, peers } = ctx.bank;
  if (!manifest.members.some((member) => member.id === bank)) {
    throw new RefusalError({ code: "unknown-bank", details: { bank } });
  }
  let owner: PixKeyOwner | null;
  if (bank === id) owner = await answerHolder(pools.api, id, account);
  else {
    const limit = { timeoutMs: ASK_MS };
    const [result] = await peers.call(bank, "commit.pixHolder", [{ account }], limit);
    const answer =
      result?.kind === "answer"
        ? pixHolderOutput.shape.items.element.safeParse(result.value).data
        : undefined;
    if (answer === undefined) {
      throw new RefusalError({ code: "banks-silent", details: { banks: bank } });
    }
    owner = answer.owner?.bank === bank ? answer.owner : null;
  }
  if (owner === null || (agency !== undefined && owner.agency !== agency)) {
    throw new RefusalError({ code: "account-not-found", details: { bank, account } });
  }
  return { key: null, owner };
}

/** Whose account it is, for a bank whose client means to pay into it. */
export async function answerHolder(
  pool: Pool,
  bank: string,
  account: string,
): Promise<PixKeyOwner | null> {
  const holder = await selectHolder(pool, bank, account);
  if (holder === undefined) return null;
  const { agency, taxId, name } = holder;
  return { bank, agency, account, taxId, name };
}
