import type { StaffContext } from "../context.ts";
import { RefusalError } from "../trpc.ts";

interface PayingAccount {
  readonly bank: string;
  readonly account: string;
}

/**
 * When a request names the client who asks for it, that client must hold every account that pays;
 * of accounts at other banks this bank cannot know, so it refuses them. Holders never change.
 * Throws RefusalError `account-not-found` or `not-a-holder`.
 */
export async function demandHolder(
  ctx: StaffContext,
  askedBy: string | undefined,
  paying: readonly PayingAccount[],
): Promise<void> {
  if (askedBy === undefined) return;
  const numbers = paying.map(({ account }) => account);
  const accounts = await ctx.bank.prisma.account.findMany({
    where: { number: { in: numbers } },
    select: { number: true, holders: { select: { clientId: true } } },
  });
  for (const { bank, account } of paying) {
    const own = bank === ctx.bank.id ? accounts.find(({ number }) => number === account) : null;
    if (own === undefined) {
      throw new RefusalError({ code: "account-not-found", details: { bank, account } });
    }
    if (own?.holders.some(({ clientId }) => clientId === askedBy) !== true) {
      throw new RefusalError({ code: "not-a-holder", details: { account } });
    }
  }
}
