import { taxIdCheckDigits } from "@pacto/banking";
import { z } from "zod";
import { callBank } from "./bank-api.ts";
import type { World } from "./world.ts";

/** An account that the tellers of a run work with. */
export interface Account {
  readonly bank: string;
  readonly number: string;
  readonly ceilingCentavos: number | null;
}

export interface AccountPlan {
  readonly bank: string;
  readonly depositCentavos: number;
  readonly ceilingCentavos?: number;
}

const opened = z.object({ account: z.object({ number: z.string() }) });
const created = z.object({ client: z.object({ id: z.string() }) });
const TIMEOUT_MS = 15_000;

/** Where the banks are, and what lets a teller in. */
export interface Banks {
  readonly tokenOf: World["tokenOf"];
  process(bank: string): { readonly url: string };
}

/** Opens accounts for clients of their own; the banks must be up. */
export async function openAccounts(
  world: Banks,
  run: string,
  plans: readonly AccountPlan[],
): Promise<Account[]> {
  const accounts: Account[] = [];
  for (const [index, plan] of plans.entries()) {
    const ceilingCentavos = plan.ceilingCentavos ?? null;
    const { bank } = plan;
    const { url } = world.process(bank);
    const call = { url, token: world.tokenOf(bank), timeoutMs: TIMEOUT_MS };
    const key = `${run}:account:${index}`;
    const client = await callBank({
      ...call,
      procedure: "clients.create",
      type: "mutation",
      input: { idempotencyKey: `${key}:client`, name: `Cliente ${index}`, taxId: cpfOf(index) },
      output: created,
    });
    if (client.kind !== "answer") throw new Error(`no client: ${JSON.stringify(client)}`);
    const account = await callBank({
      ...call,
      procedure: "accounts.open",
      type: "mutation",
      input: {
        idempotencyKey: key,
        kind: "checking",
        holders: [client.value.client.id],
        openingDepositCentavos: plan.depositCentavos,
        ceilingCentavos,
      },
      output: opened,
    });
    if (account.kind !== "answer") throw new Error(`no account: ${JSON.stringify(account)}`);
    accounts.push({ bank: plan.bank, number: account.value.account.number, ceilingCentavos });
  }
  return accounts;
}

/** A valid CPF for each number below 10^8. */
function cpfOf(index: number): string {
  const stem = String(100_000_000 + index);
  return `${stem}${taxIdCheckDigits(stem)}`;
}
