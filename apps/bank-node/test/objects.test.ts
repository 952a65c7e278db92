import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../src/staff/actor.ts";
import {
  balanceOf,
  type BankInProcess,
  type BanksInProcess,
  cpf,
  newClient,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
} from "./banks-in-process.ts";

let banks: BanksInProcess;
let azul: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul"]);
  azul = banks.bank("azul");
});
afterAll(() => banks.stop());

const key = () => ({ idempotencyKey: newKey() });
const REASON = "The customer asked for it.";

function person(id: string, roles: readonly Role[], homeBank = "azul") {
  return azul.as({ kind: "staff", id, name: id, homeBank, roles });
}

/** A role opens a procedure; whose thing it is about is asked besides. */
describe("with the right role, and about somebody else's", () => {
  it("account: a client moves money of the accounts that the client holds, and of no other", async () => {
    const teller = person("tina", ["teller"]);
    const [number, other] = [await openAccountWith(azul, 1_000), await openAccountWith(azul, 0)];
    const askedBy = await newClient(azul);
    const to = [{ bank: "azul", account: other, amountCentavos: 100 }];
    const pay = (bank: string) =>
      teller.transfers.create({
        ...key(),
        askedBy,
        to,
        from: [{ bank, account: number, amountCentavos: 100 }],
      });
    const refused = [
      refusalOf(teller.cash.withdraw({ ...key(), number, amountCentavos: 100, askedBy })),
      refusalOf(pay("azul")),
    ];
    for (const refusal of refused) expect((await refusal).code).toBe("not-a-holder");
    expect(await balanceOf(azul, number)).toBe(1_000);
  });

  it("drawer: a teller neither reads nor closes nor hands over another teller's", async () => {
    const [ana, bia] = [person("ana", ["teller"]), person("bia", ["teller"])];
    await azul.staff.cash.moveVault({
      ...key(),
      direction: "in",
      amountCentavos: 5_000,
      reason: "carro-forte",
    });
    await ana.cash.openDrawer({ ...key(), floatCentavos: 5_000 });
    const { sessions } = await person("sara", ["supervisor"]).cash.drawers({});
    const session = sessions.find(({ teller }) => teller === "azul/ana")?.id ?? "";
    expect((await ana.cash.movements({ session })).movements).not.toEqual([]);
    const read = bia.cash.movements({ session });
    expect((await refusalOf(read)).code).toBe("not-allowed");
    // There is no naming of a drawer: everybody closes and hands over from the own one.
    const close = bia.cash.closeDrawer({ ...key(), count: [] });
    expect((await refusalOf(close)).code).toBe("drawer-not-open");
    const handOver = bia.cash.handOver({ ...key(), to: "azul/ana", amountCentavos: 100 });
    expect((await refusalOf(handOver)).code).toBe("drawer-not-open");
    const namesake = person("ana", ["teller"], "verde");
    expect((await namesake.cash.drawer()).drawer.isOpen).toBe(false);
  });

  it("request for approval: only its maker takes it back, only others decide, strangers see nothing", async () => {
    const account = await openAccountWith(azul, 100);
    const terms = { perTransactionCentavos: null, perDayCentavos: 90, perNightCentavos: null };
    const request = { kind: "limits.set" as const, payload: { owner: { account }, terms } };
    const maker = person("mara", ["teller", "supervisor"]);
    const asked = await maker.approvals.request({ ...key(), request, reason: REASON });
    const { id, hash } = asked.approval;
    const own = maker.approvals.approve({ ...key(), id, hash });
    expect((await refusalOf(own)).code).toBe("own-request");
    const stranger = person("zoe", ["teller"]);
    expect((await refusalOf(stranger.approvals.get({ id }))).code).toBe("approval-not-found");
    expect((await stranger.approvals.list({})).approvals).toEqual([]);
    const takenBack = stranger.approvals.withdraw({ ...key(), id });
    expect((await refusalOf(takenBack)).code).toBe("request-not-open");
    // The maker's namesake at another bank is another person, who may decide.
    const namesake = person("mara", ["supervisor"], "verde");
    expect((await namesake.approvals.approve({ ...key(), id, hash })).approval.status).toBe(
      "executed",
    );
  });

  it("idempotency key: what one person did is not told to another who uses the same", async () => {
    const [first, second] = [await openAccountWith(azul, 0), await openAccountWith(azul, 0)];
    const idempotencyKey = newKey();
    const deposit = (who: string, number: string) =>
      person(who, ["teller"]).cash.deposit({ idempotencyKey, number, amountCentavos: 100 });
    const one = await deposit("ana", first);
    const other = await deposit("bia", second);
    expect(other.postingId).not.toBe(one.postingId);
    expect([await balanceOf(azul, first), await balanceOf(azul, second)]).toEqual([100, 100]);
  });
});

describe("with the right role, and at another bank than the own", () => {
  it("a client is shown as a payer sees a payee, with the history masked and nothing to reveal", async () => {
    const { client } = await azul.staff.clients.create({
      ...key(),
      name: "Ana Maria Souza",
      taxId: cpf(777_000_001),
      email: "ana.souza@example.com",
      phone: "+5511987654321",
    });
    const { id } = client;
    const version = client.version;
    await azul.staff.clients.update({ ...key(), id, version, email: "ana.nova@example.com" });
    const guest = person("gil", ["teller", "supervisor", "auditor"], "verde");
    const seen = JSON.stringify([
      await guest.clients.get({ id }),
      await guest.clients.list({ search: "Ana Maria" }),
      await guest.clients.history({ id }),
    ]);
    for (const told of ["ana.souza@", "ana.nova@", "987654321", cpf(777_000_001)]) {
      expect.soft(seen).not.toContain(told);
    }
    const { revisions } = await person("tina", ["teller"]).clients.history({ id });
    expect(JSON.stringify(revisions)).toContain("ana.nova@example.com");
    const reveal = guest.clients.reveal({ id, reason: REASON });
    expect((await refusalOf(reveal)).code).toBe("not-allowed");
  });
});
