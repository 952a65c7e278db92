import { randomUUID } from "node:crypto";
import { z } from "zod";
import { callBank } from "../chaos/bank-api.ts";
import type { Consortium } from "../consortium/start-consortium.ts";
import type { Learned } from "./learned.ts";
import { cpfOf, CANARY } from "./suggestions.ts";

const ACCOUNTS_PER_BANK = 6;
const DEPOSIT_CENTAVOS = 10_000_000;
const TIMEOUT_MS = 30_000;

export interface OpenBooksOptions {
  readonly consortium: Consortium;
  readonly banks: readonly string[];
  readonly learned: Learned;
}

const client = z.object({ client: z.object({ id: z.string() }) });
const account = z.object({ account: z.object({ number: z.string() }) });

/**
 * Gives the banks clients and accounts with money. What it returns does so again for one account
 * each, and lets a bank work that was told to drain: else the fuzzer would soon stand before
 * nothing but closed accounts at a closed door.
 */
export async function openBooks(options: OpenBooksOptions): Promise<() => Promise<void>> {
  const { consortium, banks, learned } = options;
  let opened = 0;
  const mutate = async (bank: string, procedure: string, input: object) =>
    callBank({
      url: consortium.bank(bank).url,
      token: consortium.tokenOf(bank),
      procedure,
      type: "mutation",
      input: { idempotencyKey: randomUUID(), ...input },
      output: z.unknown(),
      timeoutMs: TIMEOUT_MS,
    });
  async function open(bank: string): Promise<void> {
    opened += 1;
    const person = { name: `Ana ${CANARY} ${opened}`, taxId: cpfOf(2_000_000 + opened) };
    const made = await mutate(bank, "clients.create", person);
    if (made.kind !== "answer") return;
    learned.learn(made.value);
    const { id } = client.parse(made.value).client;
    const terms = { kind: "checking", holders: [id], openingDepositCentavos: DEPOSIT_CENTAVOS };
    const got = await mutate(bank, "accounts.open", terms);
    if (got.kind === "answer") learned.learn({ number: account.parse(got.value).account.number });
  }
  for (const bank of banks) {
    for (let nth = 0; nth < ACCOUNTS_PER_BANK; nth += 1) await open(bank);
  }
  return async () => {
    for (const bank of banks) {
      await mutate(bank, "operations.resume", {});
      await open(bank);
    }
  };
}
