import { addDays, saoPauloDate } from "@pacto/banking";
import { expect } from "vitest";
import { exampleIds } from "../src/rest/examples.ts";
import { newKey, type BankInProcess } from "./banks-in-process.ts";

const PATIENCE = { timeout: 20_000, interval: 50 };
/** What the examples call Ana and her key. */
const TAX_ID = "52998224725";
const KEY = "ana@example.com";

interface Sides {
  readonly here: BankInProcess;
  readonly there: BankInProcess;
  /** Number of an account with money, the same at both banks. */
  readonly account: string;
}

interface Asked {
  readonly id: string;
}

/**
 * What happens between the examples of the REST document, most of it at another bank, by the
 * procedure that comes next; it enters the ids that came of it in `known`.
 */
export function otherBanksHalf(
  { here, there, account }: Sides,
  known: Map<string, string>,
): Readonly<Record<string, () => Promise<void>>> {
  const real = (placeholder: string) => known.get(placeholder) ?? "";
  const toPayer = { bank: here.id, account };

  async function askToPay(): Promise<void> {
    const { request } = await there.staff.pix.requests.send({
      idempotencyKey: newKey(),
      account,
      payer: toPayer,
      amountCentavos: 2_500,
    });
    await untilHere(request, async () => (await here.staff.pix.requests.list({})).requests);
    known.set(exampleIds.requestToAnswer, request.id);
  }

  async function proposeMandate(): Promise<void> {
    const { mandate } = await there.staff.pix.mandates.propose({
      idempotencyKey: newKey(),
      account,
      payer: toPayer,
      terms: { fixedCentavos: 2_500, startsOn: "2026-01-01" },
    });
    await untilHere(mandate, async () => (await here.staff.pix.mandates.list({})).mandates);
    known.set(exampleIds.mandateToAnswer, mandate.id);
  }

  async function allowMandate(): Promise<void> {
    const id = real(exampleIds.mandate);
    await untilHere({ id }, async () => (await there.staff.pix.mandates.list({})).mandates);
    await there.staff.pix.mandates.accept({ idempotencyKey: newKey(), id });
    const state = async () =>
      (await here.staff.pix.mandates.get({ id, side: "receiver" })).mandate.state;
    await expect.poll(state, PATIENCE).toBe("active");
    known.set(exampleIds.chargeDay, addDays(saoPauloDate(new Date()), 5));
  }

  let anaThere = "";

  async function registerKeyOfAna(): Promise<void> {
    const { client } = await there.staff.clients.create({
      idempotencyKey: newKey(),
      name: "Ana Souza",
      taxId: TAX_ID,
    });
    const opened = await there.staff.accounts.open({
      idempotencyKey: newKey(),
      kind: "checking",
      holders: [client.id],
    });
    anaThere = opened.account.number;
    const owned = { idempotencyKey: newKey(), account: anaThere, key: KEY };
    await there.staff.pix.registerKey(owned);
  }

  const claimState = async (bank: BankInProcess, of: { id: string; side: "claimer" | "donor" }) =>
    (await bank.staff.pix.claims.list({ side: of.side })).claims.find(({ id }) => id === of.id)
      ?.state;

  async function letKeyGo(): Promise<void> {
    const id = real(exampleIds.claim);
    const donor = () => claimState(there, { id, side: "donor" });
    await expect.poll(donor, PATIENCE).toBe("waiting-resolution");
    await there.staff.pix.claims.confirm({ idempotencyKey: newKey(), id });
    const claimer = () => claimState(here, { id, side: "claimer" });
    await expect.poll(claimer, PATIENCE).toBe("confirmed");
  }

  async function claimKeyBack(): Promise<void> {
    const ownerThere = async () =>
      (
        await there.sql<{ bank: string }>(
          "SELECT owner ->> 'bank' AS bank FROM pix_key WHERE key = $1 AND claim IS NULL",
          [KEY],
        )
      )[0]?.bank;
    await expect.poll(ownerThere, PATIENCE).toBe(here.id);
    const before = real(exampleIds.claimedHere);
    if (before !== "") {
      const given = () => claimState(there, { id: before, side: "claimer" });
      await expect.poll(given, PATIENCE).toBe("cancelled");
    }
    const wish = { idempotencyKey: newKey(), account: anaThere, key: KEY };
    const { claim } = await there.staff.pix.claims.open(wish);
    const donor = () => claimState(here, { id: claim.id, side: "donor" });
    await expect.poll(donor, PATIENCE).toBe("waiting-resolution");
    known.set(exampleIds.claimedHere, claim.id);
  }

  /** Not another bank's: Ana's second account, and what came of paying by the example. */
  async function openSecondAccount(): Promise<void> {
    const opened = await here.staff.accounts.open({
      idempotencyKey: newKey(),
      kind: "checking",
      holders: [real(exampleIds.client)],
    });
    known.set(exampleIds.otherAccount, opened.account.number);
  }

  async function findSent(): Promise<void> {
    const { payments } = await here.staff.pix.payments({ account });
    const sent = payments.find(({ direction }) => direction === "sent");
    known.set(exampleIds.sentPix, sent?.endToEndId ?? "");
  }

  async function payHere(): Promise<void> {
    known.set(exampleIds.receivedPix, await payBetween(there, here, account));
  }

  async function reportFraud(): Promise<void> {
    const endToEndId = await payBetween(there, here, account);
    const report = { idempotencyKey: newKey(), account, endToEndId, description: "Golpe" };
    await there.staff.pix.returns.report(report);
    const open = async () => (await here.staff.pix.returns.holds({ openOnly: true })).holds;
    await expect.poll(open, PATIENCE).toHaveLength(1);
    known.set(exampleIds.hold, (await open())[0]?.id ?? "");
  }

  return {
    "pix.requests.decline": askToPay,
    "pix.requests.accept": askToPay,
    "pix.mandates.charge": allowMandate,
    "pix.mandates.reject": proposeMandate,
    "pix.mandates.accept": proposeMandate,
    "pix.moveKey": openSecondAccount,
    "pix.get": findSent,
    "pix.refund": payHere,
    "pix.claims.open": registerKeyOfAna,
    "pix.claims.complete": letKeyGo,
    "pix.claims.cancel": claimKeyBack,
    "pix.claims.confirm": claimKeyBack,
    "pix.returns.decide": reportFraud,
  };
}

async function untilHere({ id }: Asked, list: () => Promise<readonly Asked[]>): Promise<void> {
  const ids = async () => (await list()).map((one) => one.id);
  await expect.poll(ids, PATIENCE).toContain(id);
}

/** A PIX from the one bank's account to the other's; returns its end-to-end id when it is there. */
async function payBetween(
  from: BankInProcess,
  to: BankInProcess,
  account: string,
): Promise<string> {
  const { pix } = await from.staff.pix.send({
    idempotencyKey: newKey(),
    fromAccount: account,
    account: { bank: to.id, account },
    amountCentavos: 1_000,
  });
  const { endToEndId } = pix;
  const arrived = async () => (await to.staff.pix.payments({ endToEndId })).payments.length;
  await expect.poll(arrived, PATIENCE).toBeGreaterThan(0);
  return endToEndId;
}
