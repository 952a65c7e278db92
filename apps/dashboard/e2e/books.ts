import { taxIdCheckDigits } from "@pacto/banking";
import type { AccountView, ChargeView, ClientView, SentPix } from "@pacto/contract";
import type { Consortium } from "@pacto/testbed";

/** An account as a test needs it. */
export interface OpenedAccount {
  readonly bank: string;
  readonly number: string;
  readonly holder: string;
}

let clients = 0;

/** A tax id that no other test has: all tests of a run may share one consortium. */
export function newCpf(): string {
  clients += 1;
  const stem = String(100_000_000 + (process.pid % 10_000) * 10_000 + clients).slice(0, 9);
  return `${stem}${taxIdCheckDigits(stem)}`;
}

/** A client with an account at a bank, made by way of the bank's own interface. */
export async function openAccount(
  consortium: Consortium,
  wish: { readonly bank: string; readonly holder: string; readonly centavos: number },
): Promise<OpenedAccount> {
  const { client } = await call<{ client: ClientView }>(consortium, wish.bank, "clients.create", {
    idempotencyKey: crypto.randomUUID(),
    name: wish.holder,
    taxId: newCpf(),
  });
  const { account } = await call<{ account: AccountView }>(consortium, wish.bank, "accounts.open", {
    idempotencyKey: crypto.randomUUID(),
    kind: "checking",
    holders: [client.id],
    openingDepositCentavos: wish.centavos,
  });
  return { bank: wish.bank, number: account.number, holder: wish.holder };
}

/** Lets PIX find the account by an e-mail address. */
export async function registerPixKey(
  consortium: Consortium,
  { bank, number }: OpenedAccount,
  email: string,
): Promise<void> {
  await call(consortium, bank, "pix.registerKey", {
    idempotencyKey: crypto.randomUUID(),
    account: number,
    key: email,
  });
}

/** Asks whoever has the code for money to the key's account. */
export async function createCharge(
  consortium: Consortium,
  bank: string,
  wish: { readonly key: string; readonly amountCentavos: number },
): Promise<ChargeView> {
  const { key, amountCentavos } = wish;
  const { charge } = await call<{ charge: ChargeView }>(consortium, bank, "pix.charges.create", {
    idempotencyKey: crypto.randomUUID(),
    key,
    terms: { kind: "immediate", amountCentavos },
  });
  return charge;
}

/** Sends a PIX from the account; gives its end-to-end id. */
export async function sendPix(
  consortium: Consortium,
  { bank, number }: OpenedAccount,
  to: { readonly key: string; readonly amountCentavos: number },
): Promise<string> {
  const { pix } = await call<{ pix: SentPix }>(consortium, bank, "pix.send", {
    idempotencyKey: crypto.randomUUID(),
    fromAccount: number,
    ...to,
  });
  return pix.endToEndId;
}

/** The account as its bank tells it now. */
export async function readAccount(
  consortium: Consortium,
  { bank, number }: OpenedAccount,
): Promise<AccountView> {
  const input = encodeURIComponent(JSON.stringify({ number }));
  const url = `${consortium.bank(bank).url}/trpc/accounts.get?input=${input}`;
  const answer = await fetch(url, { headers: await authorization(consortium, bank) });
  return ((await answer.json()) as { result: { data: { account: AccountView } } }).result.data
    .account;
}

async function call<Out>(
  consortium: Consortium,
  bank: string,
  procedure: string,
  input: object,
): Promise<Out> {
  const answer = await fetch(`${consortium.bank(bank).url}/trpc/${procedure}`, {
    method: "POST",
    headers: { ...(await authorization(consortium, bank)), "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  const body = (await answer.json()) as { result?: { data: Out }; error?: unknown };
  if (body.result === undefined) throw new Error(JSON.stringify(body.error));
  return body.result.data;
}

async function authorization(
  consortium: Consortium,
  bank: string,
): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await consortium.tokenOf(bank)()}` };
}
