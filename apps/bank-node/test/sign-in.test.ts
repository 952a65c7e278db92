import { randomUUID } from "node:crypto";
import { createKeyRing, totpSecretOf, verifyStaffToken } from "@pacto/contract/signing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";
import {
  challengeAt,
  codeOf,
  firstStaffOf,
  NEW_PASSWORD,
  newPersonAt,
  PASSWORD,
  type Person,
  sessionAt,
  somebodyAt,
  TOTP_SECRET,
} from "./staff-in-process.ts";

let banks: BanksInProcess;
let azul: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde"]);
  azul = banks.bank("azul");
});
afterAll(() => banks.stop());

const somebody = (address?: string) => somebodyAt(azul, address === undefined ? {} : { address });
const firstStaff = (member: object, how = {}) => firstStaffOf(azul, member, how);
const newPerson = (how = {}) => newPersonAt(azul, how);
const challengeOf = (person: Person) => challengeAt(azul, person);
const sessionOf = (person: Person, steps = 0) => sessionAt(azul, person, { steps });

const codeOfRefusal = async (call: Promise<unknown>) => (await refusalOf(call)).code;

describe("signing in", () => {
  it("takes the password and the code, and gives a token for the bank that is asked", async () => {
    const session = await sessionOf(await newPerson());
    const { token, person } = await somebody().token({ session, bank: "verde" });
    expect(person).toMatchObject({ name: "Ana", roles: ["teller"] });
    const ring = { keys: createKeyRing(banks.manifest.members), nowMs: Date.now() };
    expect(await verifyStaffToken(token, { self: "verde", ...ring })).toMatchObject({
      ok: true,
      claims: { iss: "azul", sub: person.id, roles: ["teller"] },
    });
    expect(await verifyStaffToken(token, { self: "azul", ...ring })).toMatchObject({ ok: false });
  });

  it("tells nobody whether it was the e-mail, the password or the code", async () => {
    const person = await newPerson();
    const challenge = await challengeOf(person);
    const asked = [
      () => somebody().withPassword({ ...person, email: "nobody@azul.example" }),
      () => somebody().withPassword({ ...person, password: "wrong" }),
      () => somebody().withCode({ challenge, code: "000000" }),
      () => somebody().withCode({ challenge: "x".repeat(40), code: codeOf() }),
    ];
    const refusals = await Promise.all(asked.map((ask) => refusalOf(ask())));
    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal)))).toEqual(
      new Set([JSON.stringify({ code: "sign-in-refused", details: {} })]),
    );
  });

  it("takes a code once, even by two at the same time", async () => {
    const person = await newPerson();
    const challenges = [await challengeOf(person), await challengeOf(person)];
    const code = codeOf();
    const outcomes = await Promise.allSettled(
      challenges.map((challenge) => somebody().withCode({ challenge, code })),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const again = somebody().withCode({ challenge: await challengeOf(person), code });
    expect(await codeOfRefusal(again)).toBe("sign-in-refused");
  });

  it("rests after five failures, for accounts that do not exist as well", async () => {
    const person = await newPerson();
    for (const email of [person.email, `${randomUUID()}@azul.example`]) {
      const knock = (password: string) => somebody("192.0.2.9").withPassword({ email, password });
      for (let failure = 0; failure < 5; failure += 1) {
        expect(await codeOfRefusal(knock("wrong"))).toBe("sign-in-refused");
      }
      // The right password opens nothing then, from wherever it comes.
      expect(await refusalOf(knock(PASSWORD))).toEqual({
        code: "sign-in-locked",
        details: { minutes: 15 },
      });
    }
  });

  it("rests after five wrong codes, whatever challenge they answer", async () => {
    const person = await newPerson();
    for (let failure = 0; failure < 5; failure += 1) {
      const challenge = await challengeOf(person);
      const wrong = somebody("192.0.2.10").withCode({ challenge, code: "000000" });
      expect(await codeOfRefusal(wrong)).toBe("sign-in-refused");
    }
    const challenge = await challengeOf(person);
    const right = somebody().withCode({ challenge, code: codeOf() });
    expect(await codeOfRefusal(right)).toBe("sign-in-locked");
  });

  it("counts an IPv6 network of one customer as one address", async () => {
    const knock = (host: number) =>
      somebody(`2001:db8:1:2:${host.toString(16)}::1`).withPassword({
        email: `${randomUUID()}@azul.example`,
        password: "wrong",
      });
    expect(await codeOfRefusal(knock(1))).toBe("sign-in-refused");
    await azul.sql("UPDATE staff_failure SET failures = 49 WHERE subject ~ '2001:db8:1:2:'");
    expect(await codeOfRefusal(knock(2))).toBe("sign-in-refused");
    expect(await codeOfRefusal(knock(3))).toBe("sign-in-locked");
    const neighbour = somebody("2001:db8:1:3::1").withPassword({
      email: "x@y.example",
      password: "x",
    });
    expect(await codeOfRefusal(neighbour)).toBe("sign-in-refused");
  });

  it("lets nobody in who was disabled, and says no more than that", async () => {
    const person = await newPerson();
    const session = await sessionOf(person);
    await azul.sql("UPDATE staff_member SET disabled_at = now() WHERE email = $1", [person.email]);
    expect(await codeOfRefusal(somebody().withPassword(person))).toBe("sign-in-refused");
    expect(await codeOfRefusal(somebody().token({ session, bank: "azul" }))).toBe("session-ended");
  });
});

describe("a first sign-in", () => {
  it("enrols an authenticator and another password before anything else", async () => {
    const person = await newPerson({ hasFactor: false });
    const first = await somebody().withPassword(person);
    if (first.next !== "enrol") throw new Error("a code was asked for");
    const { session, mustChangePassword } = first;
    expect(mustChangePassword).toBe(true);
    const early = somebody().token({ session, bank: "azul" });
    expect(await codeOfRefusal(early)).toBe("second-factor-needed");
    const asked = { session, password: PASSWORD };
    expect(await codeOfRefusal(somebody().enrolFactor(asked))).toBe("password-weak");
    for (const weak of ["password12345", "123456789012", "anaanaanaana", PASSWORD]) {
      const call = somebody().enrolFactor({ ...asked, newPassword: weak });
      expect([weak, await codeOfRefusal(call)]).toEqual([weak, "password-weak"]);
    }
    const { uri, recoveryCodes } = await somebody().enrolFactor({
      ...asked,
      newPassword: NEW_PASSWORD,
    });
    const secret = totpSecretOf(uri);
    const wrong = somebody().confirmFactor({ session, code: "000000" });
    expect(await codeOfRefusal(wrong)).toBe("sign-in-refused");
    const whole = await somebody().confirmFactor({ session, code: codeOf(secret) });
    expect((await somebody().token({ ...whole, bank: "azul" })).person.roles).toEqual(["teller"]);

    const changed = { ...person, password: NEW_PASSWORD };
    expect(await codeOfRefusal(somebody().withPassword(person))).toBe("sign-in-refused");
    const [recovery = ""] = recoveryCodes;
    const challenge = await challengeOf(changed);
    const recovered = (await somebody().withCode({ challenge, code: recovery })).session;
    const token = await somebody().token({ session: recovered, bank: "azul" });
    expect(token.person.roles).toEqual(["teller"]);
    const twice = somebody().withCode({ challenge: await challengeOf(changed), code: recovery });
    expect(await codeOfRefusal(twice)).toBe("sign-in-refused");
  });

  it("gives a thief who knew the first password nothing once the owner has enrolled", async () => {
    const person = await newPerson({ hasFactor: false });
    const [thief, owner] = [
      await somebody().withPassword(person),
      await somebody().withPassword(person),
    ];
    if (thief.next !== "enrol" || owner.next !== "enrol") throw new Error("a code was asked for");
    const { uri } = await somebody().enrolFactor({
      session: owner.session,
      password: PASSWORD,
      newPassword: NEW_PASSWORD,
    });
    await somebody().confirmFactor({ session: owner.session, code: codeOf(totpSecretOf(uri)) });
    for (const call of [
      () => somebody().token({ session: thief.session, bank: "azul" }),
      () =>
        somebody().enrolFactor({
          session: thief.session,
          password: PASSWORD,
          newPassword: "x".repeat(12),
        }),
      () => somebody().confirmFactor({ session: thief.session, code: "123456" }),
    ]) {
      expect(await codeOfRefusal(call())).toBe("session-ended");
    }
  });
});

describe("a session", () => {
  const expiry = async (email: string) =>
    azul.sql<{ idle: number; whole: number }>(
      `SELECT extract(epoch FROM s.expires_at - now())::float8 AS idle,
              extract(epoch FROM s.created_at - now())::float8 + 28800 AS whole
       FROM staff_session s JOIN staff_member m ON m.id = s.user_id WHERE m.email = $1`,
      [email],
    );

  it("ends after ten minutes unless somebody is at work, and after eight hours whoever is", async () => {
    const person = await newPerson();
    const session = await sessionOf(person);
    const [open] = await expiry(person.email);
    expect(open?.idle).toBeGreaterThan(9 * 60);
    expect(open?.idle).toBeLessThanOrEqual(10 * 60);

    const move = (column: string, to: string) =>
      azul.sql(
        `UPDATE staff_session SET ${column} = now() + $2::interval
         WHERE user_id = (SELECT id FROM staff_member WHERE email = $1)`,
        [person.email, to],
      );
    await move("expires_at", "5 minutes");
    await somebody().token({ session, bank: "azul" });
    expect((await expiry(person.email))[0]?.idle).toBeLessThan(6 * 60);
    await somebody().token({ session, bank: "azul", isActive: true });
    expect((await expiry(person.email))[0]?.idle).toBeGreaterThan(9 * 60);
    const idle = await sessionOf(person, 1);
    await azul.sql("UPDATE staff_session SET expires_at = now() WHERE token = $1", [idle]);
    const asleep = somebody().token({ session: idle, bank: "azul", isActive: true });
    expect(await codeOfRefusal(asleep)).toBe("session-ended");

    // In the eighth hour a token lives no longer than the session.
    await move("created_at", "-7 hours -59 minutes");
    const { expiresAt, endsAt } = await somebody().token({ session, bank: "azul", isActive: true });
    expect(Date.parse(expiresAt)).toBeLessThanOrEqual(Date.parse(endsAt));
    await move("created_at", "-8 hours -1 second");
    const late = somebody().token({ session, bank: "azul", isActive: true });
    expect(await codeOfRefusal(late)).toBe("session-ended");
  });

  it("ends by signing out, and so do its tokens at the bank", async () => {
    const session = await sessionOf(await newPerson());
    const { token } = await somebody().token({ session, bank: "azul" });
    const ring = { self: "azul", keys: createKeyRing(banks.manifest.members), nowMs: Date.now() };
    const verdict = await verifyStaffToken(token, ring);
    if (!verdict.ok) throw new Error(verdict.code);
    const { ended } = azul.node.bank.signIn;
    expect(ended.has(verdict.claims.sid)).toBe(false);
    await somebody().signOut({ session });
    expect(ended.has(verdict.claims.sid)).toBe(true);
    expect(await codeOfRefusal(somebody().token({ session, bank: "azul" }))).toBe("session-ended");
    await somebody().signOut({ session });

    // Another process of the bank hears of it from the database.
    const { signIn: there } = (await banks.replica("azul")).node.bank;
    await there.ended.start(azul.node.bank.pools.api, (error) => {
      throw error;
    });
    expect(there.ended.has(verdict.claims.sid)).toBe(true);
    there.ended.stop();
  });

  it("changes the password only with the old one and a fresh code, and then is the only one", async () => {
    const person = await newPerson();
    const other = await sessionOf(person, -1);
    const session = await sessionOf(person, 1);
    const asked = { session, password: PASSWORD, newPassword: NEW_PASSWORD };
    // The code that signed in does not do it again.
    const used = somebody().changePassword({ ...asked, code: codeOf(TOTP_SECRET, 1) });
    expect(await codeOfRefusal(used)).toBe("sign-in-refused");
    await somebody().changePassword({ ...asked, code: codeOf() });
    expect(await codeOfRefusal(somebody().token({ session: other, bank: "azul" }))).toBe(
      "session-ended",
    );
    expect((await somebody().token({ session, bank: "azul" })).token).toBeDefined();
  });
});

describe("the first staff", () => {
  const member = () => ({
    name: "Ana",
    email: `${randomUUID()}@azul.example`,
    roles: ["teller"],
    password: PASSWORD,
  });

  it("is made once and not changed by a second start", async () => {
    const ana = member();
    expect(await firstStaff(ana)).toBe(1);
    expect(await firstStaff({ ...ana, roles: ["operator"], password: NEW_PASSWORD })).toBe(0);
    const roles = await azul.sql("SELECT roles FROM staff_member WHERE email = $1", [ana.email]);
    expect(roles).toEqual([{ roles: ["teller"] }]);
  });

  it("is refused from a file that others can read", async () => {
    await expect(firstStaff(member(), { mode: 0o644 })).rejects.toThrow(/chmod 600/);
  });

  it("is refused with one password for all where other machines are members", async () => {
    await expect(firstStaff(member(), { isPasswordFixed: true })).rejects.toThrow();
  });

  it("leaves what it did in the audit, without a secret", async () => {
    const events = await azul.sql<{ action: string; details: object }>(
      "SELECT action, details FROM audit_event WHERE action ~ '^(signIn|staff)[.]'",
    );
    expect(new Set(events.map(({ action }) => action))).toEqual(
      new Set([
        ...["staff.create", "signIn.complete", "signIn.enrolFactor", "signIn.changePassword"],
        "signIn.signOut",
      ]),
    );
    const text = JSON.stringify(events);
    for (const secret of [PASSWORD, NEW_PASSWORD, TOTP_SECRET]) expect(text).not.toContain(secret);
  });
});
