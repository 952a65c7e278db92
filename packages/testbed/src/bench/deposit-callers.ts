import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";

/** A bank's node under load, and the credential of a teller. */
export interface BankUnderLoad {
  readonly url: string;
  readonly token: string;
  readonly accounts: readonly string[];
}

/** What the callers saw in one round. */
export interface LoadResult {
  readonly deposits: number;
  readonly perSecond: number;
  /** Response times as the callers saw them. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const AMOUNT_CENTAVOS = 100;

/**
 * Deposits through the public tRPC wire with a number of callers, each sending its next deposit
 * when it has the answer to the one before, every deposit with a key of its own. Only answered
 * deposits count. Plain `node:http` speaks the wire, so that the callers leave the processor to
 * the bank. @throws Error when a deposit is not answered with 200
 */
export async function runDepositCallers(
  bank: BankUnderLoad,
  { callers, seconds }: { readonly callers: number; readonly seconds: number },
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const latencies: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  async function call(caller: number): Promise<void> {
    for (let at = caller; performance.now() < endsAt; at += callers) {
      const number = bank.accounts[at % bank.accounts.length] ?? "";
      const sentAt = performance.now();
      await deposit(agent, bank, number);
      latencies.push(performance.now() - sentAt);
    }
  }
  try {
    await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  } finally {
    agent.destroy();
  }
  const elapsed = (performance.now() - startedAt) / 1_000;
  const sorted = latencies.toSorted((a, b) => a - b);
  return {
    deposits: sorted.length,
    perSecond: sorted.length / elapsed,
    p50Ms: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
  };
}

function deposit(agent: Agent, bank: BankUnderLoad, number: string): Promise<void> {
  const body = JSON.stringify({
    idempotencyKey: randomUUID(),
    number,
    amountCentavos: AMOUNT_CENTAVOS,
  });
  const headers = {
    authorization: `Bearer ${bank.token}`,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${bank.url}/trpc/cash.deposit`, { method: "POST", agent, headers });
    sent.on("error", reject);
    sent.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`A deposit was answered ${Buffer.concat(chunks).toString()}`));
      });
    });
    sent.end(body);
  });
}
