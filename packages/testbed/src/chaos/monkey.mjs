// One client process of the mini chaos monkeys: transfers as fast as it can until it is killed.
// A script of its own, without a build, because a hundred of them are started at once.
import { randomUUID } from "node:crypto";

const { doors, tokens, accounts } = JSON.parse(process.env.PACTO_MONKEY ?? "{}");
const pick = (list) => list[Math.floor(Math.random() * list.length)];

for (;;) {
  const from = pick(accounts);
  const to = pick(accounts);
  if (from === to) continue;
  const amountCentavos = 1 + Math.floor(Math.random() * 10_000);
  const [payer, receiver] = [from, to].map(({ bank, number }) => {
    return { bank, account: number, amountCentavos };
  });
  const input = { idempotencyKey: randomUUID(), from: [payer], to: [receiver], waitMs: 1_000 };
  try {
    const response = await fetch(`${pick(doors[from.bank])}/trpc/transfers.create`, {
      method: "POST",
      headers: { authorization: `Bearer ${tokens[from.bank]}`, "content-type": "application/json" },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(5_000),
    });
    await response.arrayBuffer();
    process.stdout.write(response.ok ? "." : "!");
  } catch {
    process.stdout.write("?");
  }
}
