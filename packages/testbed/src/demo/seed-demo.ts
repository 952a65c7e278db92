import { z } from "zod";
import { callBank } from "../chaos/bank-api.ts";
import type { Consortium } from "../consortium/start-consortium.ts";
import { demoClients, type DemoClient } from "./people.ts";
import { demoTransfers, type DemoSide } from "./transfers.ts";

const TIMEOUT_MS = 20_000;
const created = z.object({ client: z.object({ id: z.string() }) });
const opened = z.object({ account: z.object({ number: z.string() }) });
const transferred = z.object({ transfer: z.object({ state: z.string() }) });

/**
 * Fills a running consortium with invented clients, accounts and transfers through the banks' own
 * procedures. Every step has a key of its own: a second run finds everything done.
 * @throws Error when a bank refuses what it should do, or does not answer
 */
export async function seedDemo(consortium: Consortium): Promise<void> {
  const up = consortium.banks.filter(({ state }) => state === "ready");
  const books = new Map<string, readonly string[]>();
  await Promise.all(
    up.map(async ({ id }) => {
      const index = consortium.banks.findIndex((bank) => bank.id === id);
      const numbers: string[] = [];
      // One after another: the accounts' numbers follow the list, at every start alike.
      for (const [at, client] of demoClients(index).entries()) {
        numbers.push(await openFor(consortium, id, `demo:${id}:${at}`, client));
      }
      books.set(id, numbers);
    }),
  );
  // With one bank alone the two sides of some would be one account.
  if (up.length < 2) return;
  const place = ({ bank, account, amountCentavos }: DemoSide) => {
    const id = up[bank % up.length]?.id ?? "";
    return { bank: id, account: books.get(id)?.[account] ?? "", amountCentavos };
  };
  for (const [at, { from, to, purpose }] of demoTransfers.entries()) {
    const sides = { from: from.map(place), to: to.map(place) };
    const coordinator = sides.from[0]?.bank ?? "";
    await ask(consortium, coordinator, {
      procedure: "transfers.create",
      input: { idempotencyKey: `demo:transfer:${at}`, ...sides, purpose },
      output: transferred,
    });
  }
}

async function openFor(
  consortium: Consortium,
  bank: string,
  key: string,
  { name, taxId, kind, openingDepositCentavos }: DemoClient,
): Promise<string> {
  const { client } = await ask(consortium, bank, {
    procedure: "clients.create",
    input: { idempotencyKey: `${key}:client`, name, taxId },
    output: created,
  });
  const { account } = await ask(consortium, bank, {
    procedure: "accounts.open",
    input: { idempotencyKey: `${key}:account`, kind, holders: [client.id], openingDepositCentavos },
    output: opened,
  });
  return account.number;
}

async function ask<Output extends z.ZodType>(
  consortium: Consortium,
  bank: string,
  call: { readonly procedure: string; readonly input: object; readonly output: Output },
): Promise<z.infer<Output>> {
  const outcome = await callBank({
    ...call,
    url: consortium.bank(bank).url,
    token: consortium.tokenOf(bank),
    type: "mutation",
    timeoutMs: TIMEOUT_MS,
  });
  if (outcome.kind === "answer") return outcome.value;
  const why = outcome.kind === "refused" ? outcome.code : outcome.why;
  throw new Error(`The demonstration could not be set up: ${bank} ${call.procedure}: ${why}`);
}
