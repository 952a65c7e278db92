import { setTimeout as delay } from "node:timers/promises";
import type { Journal, Operation, Reply } from "./journal.ts";
import type { Account } from "./open-accounts.ts";
import { getTransfer, perform, resultOf } from "./perform.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

/** What a teller sees of the consortium: addresses of each bank's processes, nothing else. */
export interface Counter {
  readonly urlsOf: (bank: string) => readonly string[];
  readonly tokenOf: World["tokenOf"];
  /** Those whose counters are open; the others still have accounts. */
  readonly banks: readonly string[];
}

export interface TellerOptions {
  /** Part of every key: unique in the run. */
  readonly name: string;
  readonly counter: Counter;
  readonly accounts: readonly Account[];
  readonly random: Random;
  readonly journal: Journal;
  /** No new operation after that; what is under way is finished or left open. */
  readonly signal: AbortSignal;
  /** The run's monotonic clock, in milliseconds. */
  readonly now: () => number;
  /** Told when a status goes back on what it said before (I5). */
  readonly onLie: (sentence: string) => void;
  readonly onReply?: (reply: Reply) => void;
}

/** How long one operation is asked for again and again; then it is left open. */
const PATIENCE_MS = 20_000;
const AMOUNT_MAX = 5_000;
/** One transfer in so many asks for more than anybody has. */
const TOO_MUCH = 900_000_000;

/**
 * A teller at work: one operation after the other, each written down before it is sent and after
 * it is answered, and asked for again under its key until an outcome is heard (R50).
 */
export async function workAsTeller(options: TellerOptions): Promise<void> {
  const { random, signal, name } = options;
  for (let number = 1; !signal.aborted; number += 1) {
    const operation = chooseOperation(options);
    await perseverance(options, `${name}:${number}`, operation);
    await delay(random.between(0, 30));
  }
}

async function perseverance(
  options: TellerOptions,
  key: string,
  operation: Operation,
): Promise<void> {
  const { journal, now, signal } = options;
  await journal.append({ event: "sent", key, at: now(), operation });
  const giveUpAt = now() + PATIENCE_MS;
  for (let attempt = 0; ; attempt += 1) {
    const invokedAt = now();
    const outcome = await perform(doorOf(options, operation.bank), operation, {
      key,
      waitMs: options.random.pick([0, 1_000, 3_000]),
      timeoutMs: 6_000,
    });
    if (outcome.kind === "refused") {
      return reply(options, { key, outcome: "refused", code: outcome.code });
    }
    if (outcome.kind === "answer") {
      const { value } = outcome;
      const isRead = value.outcome === "read";
      await reply(options, { key, ...value, ...(isRead ? { invokedAt } : {}) });
      if (value.outcome !== "open" || value.transaction === undefined) return;
      return follow(
        options,
        { key, bank: operation.bank, transaction: value.transaction },
        giveUpAt,
      );
    }
    // A read has no key: nobody needs to hear of one that failed.
    const isOver = signal.aborted || now() >= giveUpAt || operation.kind === "read";
    if (isOver) return;
    await delay(Math.min(1_000, 50 * 2 ** attempt) * options.random.next());
  }
}

interface Followed {
  readonly key: string;
  readonly bank: string;
  readonly transaction: string;
}

/** Looks at an accepted transfer until it is decided, or patience ends. */
async function follow(
  options: TellerOptions,
  { key, bank, transaction }: Followed,
  giveUpAt: number,
): Promise<void> {
  while (!options.signal.aborted && options.now() < giveUpAt) {
    await delay(options.random.between(50, 400));
    const seen = await getTransfer(doorOf(options, bank), transaction);
    if (seen.kind === "refused") {
      options.onLie(`${key}: ${bank} knew transfer ${transaction} and now says ${seen.code}`);
      return;
    }
    if (seen.kind === "unknown") continue;
    const result = resultOf(seen.value);
    if (result.outcome === "open") continue;
    await reply(options, { key, ...result });
    return;
  }
}

async function reply(options: TellerOptions, said: Omit<Reply, "event" | "at">): Promise<void> {
  const entry: Reply = { event: "replied", at: options.now(), ...said };
  await options.journal.append(entry);
  options.onReply?.(entry);
}

function doorOf({ counter, random }: TellerOptions, bank: string) {
  return { url: random.pick(counter.urlsOf(bank)), token: counter.tokenOf(bank) };
}

function chooseOperation({ random, accounts, counter }: TellerOptions): Operation {
  const dice = random.next();
  if (dice < 0.75) return chooseTransfer(random, accounts, counter.banks);
  const served = accounts.filter(({ bank }) => counter.banks.includes(bank));
  const { bank, number: account } = chooseAccount(random, served);
  if (dice < 0.88) return { kind: "read", bank, account };
  const kind = random.pick(["deposit", "withdraw"] as const);
  return { kind, bank, account, amountCentavos: random.between(1, AMOUNT_MAX) };
}

/** The first accounts are hot: half of all choices fall on them. */
function chooseAccount(random: Random, accounts: readonly Account[]): Account {
  const hot = accounts.slice(0, Math.max(1, Math.floor(accounts.length / 5)));
  return random.pick(random.chance(0.5) ? hot : accounts);
}

/** Two to five accounts, N → M; the coordinator is one of the banks or a stranger to the money. */
function chooseTransfer(
  random: Random,
  accounts: readonly Account[],
  open: readonly string[],
): Operation {
  const chosen = new Set<Account>();
  const count = random.pick([2, 2, 3, 4, 5]);
  while (chosen.size < count) chosen.add(chooseAccount(random, accounts));
  const [first, ...rest] = [...chosen];
  if (first === undefined) throw new Error("no account");
  const payers = rest.length > 1 && random.chance(0.3) ? rest.slice(0, -1) : rest;
  const receivers = [first, ...rest.slice(payers.length)];
  const most = random.chance(0.03) ? TOO_MUCH : AMOUNT_MAX;
  const from = payers.map((account) => sideOf(account, random.between(receivers.length, most)));
  const total = from.reduce((sum, side) => sum + side.amountCentavos, 0);
  const [main, ...others] = receivers;
  if (main === undefined) throw new Error("no receiver");
  const small = others.map((account) => sideOf(account, 1));
  const to = [sideOf(main, total - small.length), ...small];
  const involved = [...from, ...to].map((side) => side.bank).filter((it) => open.includes(it));
  const isInvolved = involved.length > 0 && random.chance(0.8);
  const bank = random.pick(isInvolved ? involved : open);
  return { kind: "transfer", bank, from, to };
}

function sideOf({ bank, number }: Account, amountCentavos: number) {
  return { bank, account: number, amountCentavos };
}
