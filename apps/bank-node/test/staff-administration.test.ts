import { randomUUID } from "node:crypto";
import type { StaffRole } from "@pacto/contract";
import { totpSecretOf } from "@pacto/contract/signing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StaffActor } from "../src/staff/actor.ts";
import {
  newKey,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
  type Caller,
} from "./banks-in-process.ts";
import {
  actorOf,
  challengeAt,
  codeOf,
  NEW_PASSWORD,
  newPersonAt,
  type Person,
  sessionAt,
  somebodyAt,
} from "./staff-in-process.ts";

let banks: BanksInProcess;
let azul: BankInProcess;
let alice: Administrator;
let bento: Administrator;
beforeAll(async () => {
  banks = await startBanks(["azul"]);
  azul = banks.bank("azul");
  [alice, bento] = [await administrator(), await administrator()];
});
afterAll(() => banks.stop());

const REASON = "The person asked at the desk.";
const key = () => ({ idempotencyKey: newKey() });
const codeOfRefusal = async (call: Promise<unknown>) => (await refusalOf(call)).code;

interface Administrator {
  readonly actor: StaffActor;
  readonly as: Caller;
}

async function administrator(): Promise<Administrator> {
  const person = await newPersonAt(azul, { roles: ["user-admin"] });
  const actor = await actorOf(azul, await sessionAt(azul, person));
  return { actor, as: azul.as(actor) };
}

interface Somebody {
  readonly person: Person;
  readonly id: string;
  readonly session: string;
}

/** Somebody at work, signed in with a second factor. */
async function somebodyWith(roles: readonly StaffRole[]): Promise<Somebody> {
  const person = await newPersonAt(azul, { roles });
  const session = await sessionAt(azul, person);
  const { id } = await actorOf(azul, session);
  return { person, id, session };
}

const about = ({ id }: { readonly id: string }) => ({ ...key(), id, reason: REASON });
const tokenFor = (session: string) => somebodyAt(azul).token({ session, bank: "azul" });

/** Bento asks for it, Alice decides. */
async function askRoles(
  { id }: { readonly id: string },
  [from, to]: readonly [from: readonly StaffRole[], to: readonly StaffRole[]],
  by: Caller = bento.as,
) {
  const payload = { id, name: "Ana", from: [...from], to: [...to] };
  const request = { kind: "staff.setRoles", payload } as const;
  return (await by.approvals.request({ ...key(), request, reason: REASON })).approval;
}

async function decide(asked: { readonly id: string; readonly hash: string }, by = alice.as) {
  const { id, hash } = asked;
  return (await by.approvals.approve({ ...key(), id, hash })).approval;
}

describe("a new member of the staff", () => {
  it("comes in by a password told once, chooses another one, and has no role until two gave it", async () => {
    const email = `${randomUUID()}@azul.example`;
    const asked = { ...key(), name: "Ana", email };
    const made = await alice.as.staff.create(asked);
    const fresh = { roles: [], isSuspended: false, hasFactor: false, mustChangePassword: true };
    expect(made.member).toMatchObject(fresh);
    const password = made.oneTimePassword ?? "";
    // The same wish again makes nobody and tells no secret.
    expect(await alice.as.staff.create(asked)).toEqual({ ...made, oneTimePassword: null });
    expect(await codeOfRefusal(bento.as.staff.create({ ...asked, ...key() }))).toBe("staff-known");
    const early = await decide(await askRoles(made.member, [[], ["teller"]]));
    expect(early).toMatchObject({ status: "refused", refusal: { code: "staff-not-enrolled" } });

    const first = await somebodyAt(azul).withPassword({ email, password });
    if (first.next !== "enrol") throw new Error("a code was asked for");
    const { session } = first;
    const chosen = { session, password, newPassword: NEW_PASSWORD };
    const secret = totpSecretOf((await somebodyAt(azul).enrolFactor(chosen)).uri);
    const whole = await somebodyAt(azul).confirmFactor({ session, code: codeOf(secret) });
    expect((await tokenFor(whole.session)).person.roles).toEqual([]);
    expect(await decide(await askRoles(made.member, [[], ["teller"]]))).toMatchObject({
      status: "executed",
      subject: made.member.id,
    });
    expect((await tokenFor(whole.session)).person.roles).toEqual(["teller"]);
  });

  it("is shut out when nobody used the one-time password in three days", async () => {
    const email = `${randomUUID()}@azul.example`;
    const { oneTimePassword } = await alice.as.staff.create({ ...key(), name: "Ana", email });
    const knock = () => somebodyAt(azul).withPassword({ email, password: oneTimePassword ?? "" });
    expect((await knock()).next).toBe("enrol");
    await azul.sql("UPDATE staff_member SET password_until = now() WHERE email = $1", [email]);
    expect(await codeOfRefusal(knock())).toBe("sign-in-refused");
  });

  it("is found by a part of the name or the e-mail, page by page", async () => {
    const domain = `${randomUUID()}.example`;
    for (const name of ["Carla Dias", "Beto Dias", "Ana Dias"]) {
      const email = `${name.split(" ")[0]?.toLowerCase()}@${domain}`;
      await alice.as.staff.create({ ...key(), name, email });
    }
    const page = (cursor?: string) =>
      alice.as.staff.list({ search: domain.toUpperCase(), limit: 2, cursor });
    const [first, second] = [await page(), await page((await page()).nextCursor ?? "")];
    const names = [first, second].map(({ members }) => members.map(({ name }) => name));
    expect(names).toEqual([["Ana Dias", "Beto Dias"], ["Carla Dias"]]);
    expect([first.nextCursor === null, second.nextCursor]).toEqual([false, null]);
  });
});

describe("roles", () => {
  it("are given by two who administer users, and nobody decides about him- or herself", async () => {
    const ana = await somebodyWith(["teller"]);
    const asked = await askRoles(ana, [["teller"], ["teller", "auditor"]]);
    const { members } = await alice.as.staff.list({ search: ana.person.email });
    expect(members).toMatchObject([{ id: ana.id, rolesRequest: asked.id }]);
    // One open request a person; whoever asked does not decide; no other role does.
    const again = askRoles(ana, [["teller"], ["supervisor"]], alice.as);
    expect(await codeOfRefusal(again)).toBe("approval-open");
    expect(await codeOfRefusal(decide(asked, bento.as))).toBe("own-request");
    const supervisor = azul.as({ ...alice.actor, id: "sara", roles: ["supervisor"] });
    expect(await codeOfRefusal(decide(asked, supervisor))).toBe("not-allowed");
    expect(await codeOfRefusal(decide({ ...asked, hash: "x".repeat(43) }))).toBe(
      "approval-changed",
    );
    expect((await decide(asked)).status).toBe("executed");

    const self = askRoles(bento.actor, [["user-admin"], []]);
    expect(await codeOfRefusal(self)).toBe("own-account");
    const aboutAlice = await askRoles(alice.actor, [["user-admin"], []]);
    expect(await codeOfRefusal(decide(aboutAlice))).toBe("own-account");
    const waiting = await alice.as.approvals.list({ openOnly: true });
    expect([waiting.forReader, waiting.approvals[0]?.isForReader]).toEqual([0, false]);
    await bento.as.approvals.withdraw({ ...key(), id: aboutAlice.id });
  });

  it("are not given when the person, or whoever asked, is not as they were when it was read", async () => {
    const refusal = async (change: (who: Somebody) => Promise<unknown>, by = bento.as) => {
      const ana = await somebodyWith(["teller"]);
      const asked = await askRoles(ana, [["teller"], ["supervisor"]], by);
      await change(ana);
      const { refusal: why } = await decide(asked);
      const { members } = await alice.as.staff.list({ search: ana.person.email });
      expect(members[0]?.roles).not.toContain("supervisor");
      return why?.code;
    };
    const sql = (statement: string) => (who: Somebody) =>
      azul.sql(`UPDATE staff_member SET ${statement} WHERE id = $1`, [who.id]);
    expect(await refusal(sql("roles = '{auditor}'"))).toBe("staff-changed");
    expect(await refusal(sql("name = 'Olga'"))).toBe("staff-changed");
    expect(await refusal((ana) => alice.as.staff.suspend(about(ana)))).toBe("staff-suspended");
    expect(await refusal((ana) => alice.as.staff.resetFactor(about(ana)))).toBe(
      "staff-not-enrolled",
    );
    const maker = await administrator();
    const gone = () => alice.as.staff.suspend(about(maker.actor));
    expect(await refusal(gone, maker.as)).toBe("not-allowed");
  });

  it("of money and of administering people go to no one person", async () => {
    const ana = await somebodyWith(["teller"]);
    const asked = askRoles(ana, [["teller"], ["teller", "user-admin"]]);
    expect(await codeOfRefusal(asked)).toBe("invalid-input");
  });

  it("that are taken away count no more at once", async () => {
    const ana = await somebodyWith(["teller", "supervisor"]);
    const { session: id } = await actorOf(azul, ana.session);
    await decide(await askRoles(ana, [["teller", "supervisor"], ["teller"]]));
    expect(azul.node.bank.signIn.ended.has(id ?? "")).toBe(true);
    expect(await codeOfRefusal(tokenFor(ana.session))).toBe("session-ended");
  });
});

describe("suspending", () => {
  it("ends all sessions at once and keeps the person out until reinstated", async () => {
    const ana = await somebodyWith(["teller"]);
    const { session: id } = await actorOf(azul, ana.session);
    expect((await alice.as.staff.suspend(about(ana))).member.isSuspended).toBe(true);
    expect(azul.node.bank.signIn.ended.has(id ?? "")).toBe(true);
    expect(await codeOfRefusal(tokenFor(ana.session))).toBe("session-ended");
    expect(await codeOfRefusal(somebodyAt(azul).withPassword(ana.person))).toBe("sign-in-refused");
    expect(await codeOfRefusal(bento.as.staff.suspend(about(ana)))).toBe("staff-changed");

    const { member } = await bento.as.staff.reinstate(about(ana));
    expect(member).toMatchObject({ isSuspended: false, roles: ["teller"] });
    expect((await tokenFor(await sessionAt(azul, ana.person, { steps: 1 }))).person.id).toBe(
      ana.id,
    );
  });

  it("of one another at the same time leaves one who administers users", async () => {
    const [one, other] = [await administrator(), await administrator()];
    const outcomes = await Promise.all([
      one.as.staff.suspend(about(other.actor)).then(
        () => "done",
        () => "refused",
      ),
      codeOfRefusal(other.as.staff.suspend(about(one.actor))).catch(() => "done"),
    ]);
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
    const ids = [one.actor.id, other.actor.id];
    const working = await azul.sql(
      "SELECT id FROM staff_member WHERE disabled_at IS NULL AND id = ANY ($1)",
      [ids],
    );
    expect(working).toHaveLength(1);
  });
});

describe("a lost way in", () => {
  it("password: replaced by one told once, which opens nothing but the choice of another one", async () => {
    const ana = await somebodyWith(["teller"]);
    const { member, oneTimePassword } = await alice.as.staff.resetPassword(about(ana));
    expect(member).toMatchObject({ mustChangePassword: true, hasFactor: true });
    expect(await codeOfRefusal(tokenFor(ana.session))).toBe("session-ended");
    expect(await codeOfRefusal(somebodyAt(azul).withPassword(ana.person))).toBe("sign-in-refused");

    const person = { ...ana.person, password: oneTimePassword ?? "" };
    const challenge = await challengeAt(azul, person);
    const code = codeOf(undefined, 1);
    const { session, mustChangePassword } = await somebodyAt(azul).withCode({ challenge, code });
    expect(mustChangePassword).toBe(true);
    expect(await codeOfRefusal(tokenFor(session))).toBe("password-change-needed");
    const chosen = { session, password: person.password };
    const weak = somebodyAt(azul).changePassword({ ...chosen, newPassword: "senha1234567" });
    expect(await codeOfRefusal(weak)).toBe("password-weak");
    await somebodyAt(azul).changePassword({ ...chosen, newPassword: NEW_PASSWORD });
    expect((await tokenFor(session)).person.id).toBe(ana.id);
    // From now on it is a password like all others: another one takes a code.
    const own = { session, password: NEW_PASSWORD, newPassword: `${NEW_PASSWORD} dois` };
    expect(await codeOfRefusal(somebodyAt(azul).changePassword(own))).toBe("second-factor-needed");
  });

  it("password: reset ends the rest that failures brought", async () => {
    const ana = await somebodyWith(["teller"]);
    const knock = (password: string) =>
      somebodyAt(azul, { address: "192.0.2.77" }).withPassword({
        email: ana.person.email,
        password,
      });
    for (let failure = 0; failure < 6; failure += 1) await refusalOf(knock("wrong"));
    expect(await codeOfRefusal(knock(ana.person.password))).toBe("sign-in-locked");
    const { oneTimePassword } = await alice.as.staff.resetPassword(about(ana));
    expect((await knock(oneTimePassword ?? "")).next).toBe("code");
  });

  it("second factor: taken away, and another one is enrolled at the next sign-in", async () => {
    const ana = await somebodyWith(["teller"]);
    expect((await alice.as.staff.resetFactor(about(ana))).member.hasFactor).toBe(false);
    expect(await codeOfRefusal(tokenFor(ana.session))).toBe("session-ended");
    expect(await codeOfRefusal(bento.as.staff.resetFactor(about(ana)))).toBe("factor-missing");
    const next = await somebodyAt(azul).withPassword(ana.person);
    expect(next).toMatchObject({ next: "enrol", mustChangePassword: false });
  });

  it("both halves: never by the same person before the owner was back", async () => {
    const ana = await somebodyWith(["teller"]);
    await alice.as.staff.resetPassword(about(ana));
    expect(await codeOfRefusal(alice.as.staff.resetFactor(about(ana)))).toBe("reset-by-another");
    const bia = await somebodyWith(["teller"]);
    await alice.as.staff.resetFactor(about(bia));
    expect(await codeOfRefusal(alice.as.staff.resetPassword(about(bia)))).toBe("reset-by-another");
    // The table itself holds it.
    const around = azul.sql(
      "UPDATE staff_member SET password_set_by = $2, password_until = now(), must_change_password = true WHERE id = $1",
      [bia.id, `azul/${alice.actor.id}`],
    );
    await expect(around).rejects.toThrow("staff_member_two_resets");

    // Bia enrols another factor: Alice may reset her password again.
    const next = await somebodyAt(azul).withPassword(bia.person);
    if (next.next !== "enrol") throw new Error("a code was asked for");
    const { session } = next;
    const { uri } = await somebodyAt(azul).enrolFactor({ session, password: bia.person.password });
    await somebodyAt(azul).confirmFactor({ session, code: codeOf(totpSecretOf(uri)) });
    expect((await alice.as.staff.resetPassword(about(bia))).member.mustChangePassword).toBe(true);
  });
});

describe("whoever administers users", () => {
  it("does none of it to him- or herself, nor for another bank's staff", async () => {
    const guest = azul.as({ ...alice.actor, homeBank: "verde" });
    const ana = await somebodyWith(["teller"]);
    for (const verb of ["suspend", "reinstate", "resetFactor", "resetPassword"] as const) {
      expect
        .soft(await codeOfRefusal(alice.as.staff[verb](about(alice.actor))))
        .toBe("own-account");
      expect.soft(await codeOfRefusal(guest.staff[verb](about(ana)))).toBe("not-allowed");
      const nobody = alice.as.staff[verb](about({ id: "nobody" }));
      expect.soft(await codeOfRefusal(nobody)).toBe("staff-not-found");
    }
    expect(await codeOfRefusal(guest.staff.list({}))).toBe("not-allowed");
    const asNew = { ...key(), name: "Ana", email: "new@azul.example" };
    expect(await codeOfRefusal(guest.staff.create(asNew))).toBe("not-allowed");
  });

  it("is one no longer when the table says so, whatever the token still says", async () => {
    const former = await administrator();
    await alice.as.staff.suspend(about(former.actor));
    const ana = await somebodyWith(["teller"]);
    expect(await codeOfRefusal(former.as.staff.suspend(about(ana)))).toBe("not-allowed");
    const made = former.as.staff.create({ ...key(), name: "Ana", email: "x@azul.example" });
    expect(await codeOfRefusal(made)).toBe("not-allowed");
  });

  it("leaves before and after in the audit, and no secret", async () => {
    const ana = await somebodyWith(["teller"]);
    const { oneTimePassword } = await alice.as.staff.resetPassword(about(ana));
    await decide(await askRoles(ana, [["teller"], []]));
    const events = await azul.sql<{ action: string; actor: string; details: object }>(
      `SELECT action, actor, details FROM audit_event
        WHERE subject = $1 AND action LIKE 'staff.%' AND actor <> 'node' ORDER BY id`,
      [ana.id],
    );
    const resetting = {
      before: { mustChangePassword: false },
      after: { mustChangePassword: true },
    };
    const taking = { before: { roles: ["teller"] }, after: { roles: [] } };
    expect(events).toMatchObject([
      { action: "staff.resetPassword", actor: `azul/${alice.actor.id}`, details: resetting },
      { action: "staff.setRoles", actor: `azul/${bento.actor.id}`, details: taking },
    ]);
    const everything = await azul.sql(
      `SELECT FROM audit_event WHERE strpos(details::text, $1) > 0
       UNION ALL SELECT FROM idempotency_record WHERE strpos(result::text, $1) > 0`,
      [oneTimePassword],
    );
    expect(everything).toEqual([]);
  });
});
