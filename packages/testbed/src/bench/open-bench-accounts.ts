import { randomUUID } from "node:crypto";
import { z } from "zod";

const clientAnswer = z.object({
  result: z.object({ data: z.object({ client: z.object({ id: z.string() }) }) }),
});
const accountAnswer = z.object({
  result: z.object({ data: z.object({ account: z.object({ number: z.string() }) }) }),
});

/** Registers one client with that many savings accounts; returns their numbers. */
export async function openBenchAccounts(
  bank: { readonly url: string; readonly token: string },
  count: number,
): Promise<string[]> {
  const client = clientAnswer.parse(
    await post(bank, "clients.create", { name: "Bench", taxId: "39053344705" }),
  );
  const holders = [client.result.data.client.id];
  const opened = Array.from({ length: count }, async () => {
    const answer = await post(bank, "accounts.open", { kind: "savings", holders });
    return accountAnswer.parse(answer).result.data.account.number;
  });
  return Promise.all(opened);
}

async function post(
  { url, token }: { readonly url: string; readonly token: string },
  procedure: string,
  input: object,
): Promise<unknown> {
  const response = await fetch(`${url}/trpc/${procedure}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ idempotencyKey: randomUUID(), ...input }),
    signal: AbortSignal.timeout(30_000),
  });
  return response.json();
}
