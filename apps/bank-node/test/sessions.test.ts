import { afterAll, beforeAll, expect, it } from "vitest";
import type { Role } from "../src/staff/actor.ts";
import {
  newKey,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";
import { actorOf, newPersonAt, sessionAt, somebodyAt } from "./staff-in-process.ts";

let banks: BanksInProcess;
let azul: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul"]);
  azul = banks.bank("azul");
});
afterAll(() => banks.stop());

const key = () => ({ idempotencyKey: newKey() });
const isOpen = (session: string) =>
  somebodyAt(azul)
    .token({ session, bank: "azul" })
    .then(
      () => true,
      () => false,
    );

/** Two sessions of one person: the one at the counter, and one left open elsewhere. */
async function twoSessions(roles: readonly Role[] = ["teller"]) {
  const person = await newPersonAt(azul, { roles });
  const counter = await sessionAt(azul, person, { address: "192.0.2.7", device: "Counter/1" });
  const left = await sessionAt(azul, person, { steps: 1, address: "2001:db8::9" });
  const [actor, leftActor] = [await actorOf(azul, counter), await actorOf(azul, left)];
  return { counter, left, leftId: leftActor.session ?? "", actor, as: azul.as(actor).sessions };
}

it("tells its owner every open session: device, address, since when and until when", async () => {
  const { actor, leftId, as } = await twoSessions();
  const { sessions } = await as.list();
  expect(sessions).toMatchObject([
    { id: leftId, isCurrent: false, device: null, address: "2001:db8::9", factor: "totp" },
    { id: actor.session, isCurrent: true, device: "Counter/1", address: "192.0.2.7" },
  ]);
  const hours = (from = "", to = "") => (Date.parse(to) - Date.parse(from)) / 3_600_000;
  for (const { startedAt, lastUsedAt, idleUntil, endsAt } of sessions) {
    expect(hours(startedAt, endsAt)).toBe(8);
    expect(hours(lastUsedAt, idleUntil)).toBeCloseTo(1 / 6, 2);
  }
});

it("ends by its owner's hand, one or all others, and its token is refused at once", async () => {
  const { counter, left, leftId, as } = await twoSessions();
  const asked = { ...key(), id: leftId };
  expect(await as.end(asked)).toEqual({ ended: 1 });
  expect(azul.node.bank.signIn.ended.has(leftId)).toBe(true);
  expect([await isOpen(left), await isOpen(counter)]).toEqual([false, true]);
  // The same wish again is the same answer; a new one finds nothing.
  expect(await as.end(asked)).toEqual({ ended: 1 });
  expect((await refusalOf(as.end({ ...asked, ...key() }))).code).toBe("session-not-found");

  const again = await twoSessions();
  expect(await again.as.endOthers(key())).toEqual({ ended: 1 });
  expect([await isOpen(again.left), await isOpen(again.counter)]).toEqual([false, true]);
  const [event] = await azul.sql(
    "SELECT actor, session FROM audit_event WHERE action = 'sessions.endOthers'",
  );
  expect(event).toEqual({ actor: `azul/${again.actor.id}`, session: again.actor.session });
});

it("is nobody else's business but of whoever administers users", async () => {
  const theirs = await twoSessions();
  const colleague = azul.as((await twoSessions(["supervisor", "auditor"])).actor).sessions;
  const { sessions } = await colleague.list();
  expect(sessions.map(({ memberId }) => memberId)).not.toContain(theirs.actor.id);
  const wish = () => ({ ...key(), id: theirs.leftId });
  expect((await refusalOf(colleague.end(wish()))).code).toBe("session-not-found");
  expect((await refusalOf(colleague.listAll({}))).code).toBe("not-allowed");

  const admin = azul.as((await twoSessions(["user-admin"])).actor).sessions;
  const all = await admin.listAll({ memberId: theirs.actor.id });
  expect(all.sessions.map(({ id }) => id)).toEqual([theirs.leftId, theirs.actor.session]);
  expect(await admin.end(wish())).toEqual({ ended: 1 });
  expect(await isOpen(theirs.left)).toBe(false);
});

it("is kept by the bank that vouches for the person, and told to no other bank's staff", async () => {
  const { actor, leftId } = await twoSessions(["user-admin"]);
  const guest = azul.as({ ...actor, homeBank: "verde" }).sessions;
  expect((await guest.list()).sessions).toEqual([]);
  for (const call of [
    () => guest.listAll({}),
    () => guest.endOthers(key()),
    () => guest.end({ ...key(), id: leftId }),
  ]) {
    expect((await refusalOf(call())).code).toBe("not-allowed");
  }
});
