import {
  createHash,
  createPrivateKey,
  createPublicKey,
  randomInt,
  randomUUID,
  sign,
} from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { ScriptError } from "../child.mjs";

/** @typedef {{ bank: string, account: string }} Account */
/** @typedef {"committed" | "aborted" | "refused" | "unknown"} Outcome */
/** @typedef {{ coordinator: string, input: { idempotencyKey: string } & Record<string, unknown>, banks: readonly string[],
 *   outcome: Outcome, attempts: number }} Order */

const TELLERS = 4;
const PATIENCE_MS = 15_000;
// A machine with two cores carries eleven containers; on a busy one transfers run out of time.
const SETTLES_WITHIN_MS = 300_000;

/**
 * Tellers who send composite transfers over all banks, over the published ports, until they are
 * told to stop, and who remember each with its key.
 */
export class Tellers {
  /** @type {Order[]} */ orders = [];
  #isOpen = true;
  #working;

  /**
   * @param {{ urls: Readonly<Record<string, string>>, keys: Readonly<Record<string, string>>,
   *   accounts: readonly Account[] }} options one account of each bank
   */
  constructor(options) {
    this.options = options;
    this.#working = Promise.all(Array.from({ length: TELLERS }, () => this.#work()));
  }

  /**
   * Waits until so many more transfers have been committed; with `among`, only those that keep to
   * these banks count.
   * @param {number} count
   * @param {readonly string[]} [among]
   */
  async commitMore(count, among) {
    const counts = () =>
      this.orders.filter(
        ({ outcome, banks }) =>
          outcome === "committed" && (among?.length ? banks.every((b) => among.includes(b)) : true),
      ).length;
    const goal = counts() + count;
    const until = Date.now() + SETTLES_WITHIN_MS;
    while (counts() < goal) {
      if (Date.now() > until) {
        throw new ScriptError(`Only ${counts()} of ${goal} transfers were committed in time.`);
      }
      await delay(50);
    }
  }

  /** Waits until somebody's transfer is under way, so that what happens now happens in the midst. */
  async beginOne() {
    const until = Date.now() + SETTLES_WITHIN_MS;
    while (!this.orders.some(({ attempts }) => attempts === 0)) {
      if (Date.now() > until) throw new ScriptError("No teller sends anything.");
      await delay(1);
    }
  }

  /** Takes no more orders, and asks for each unknown outcome again with its key until it is told. */
  async settle() {
    this.#isOpen = false;
    await this.#working;
    const until = Date.now() + SETTLES_WITHIN_MS;
    const open = () => this.orders.filter(({ outcome }) => outcome === "unknown");
    while (open().length > 0) {
      if (Date.now() > until) {
        throw new ScriptError(`${open().length} outcomes are still unknown: ${show(open())}`);
      }
      await Promise.all(
        open()
          .slice(0, 20)
          .map((order) => this.#send(order)),
      );
    }
  }

  /** @param {Outcome} outcome */
  count(outcome) {
    return this.orders.filter((order) => order.outcome === outcome).length;
  }

  async #work() {
    while (this.#isOpen) {
      const order = this.#think();
      this.orders.push(order);
      await this.#send(order);
      // A bank that is away refuses at once: do not spin.
      if (order.outcome === "unknown") await delay(50);
    }
  }

  /** One or two payers, one or two payees, all at different banks. @returns {Order} */
  #think() {
    const shuffled = this.options.accounts
      .map((account) => ({ account, place: randomInt(1_000_000) }))
      .sort((a, b) => a.place - b.place)
      .map(({ account }) => account);
    const payers = randomInt(1, 3);
    const payees = randomInt(1, 3);
    const share = payees * randomInt(1, 500);
    const from = shuffled.slice(0, payers).map((it) => ({ ...it, amountCentavos: share }));
    const to = shuffled
      .slice(payers, payers + payees)
      .map((it) => ({ ...it, amountCentavos: (share * payers) / payees }));
    return {
      coordinator: from[0]?.bank ?? "",
      input: { idempotencyKey: randomUUID(), from, to, waitMs: 3_000 },
      banks: [...from, ...to].map(({ bank }) => bank),
      outcome: "unknown",
      attempts: 0,
    };
  }

  /** @param {Order} order */
  async #send(order) {
    const { urls, keys } = this.options;
    const token = tellersToken(order.coordinator, keys[order.coordinator] ?? "");
    try {
      const answer = await fetch(`${urls[order.coordinator]}/trpc/transfers.create`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(order.input),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      order.outcome = outcomeOf(await answer.json());
    } catch {
      // Lost on the way, there or back: only the same key tells.
    } finally {
      order.attempts += 1;
    }
  }
}

/** A token for a teller of that bank, signed with the bank's own key. */
function tellersToken(bank, pem) {
  const key = createPrivateKey(pem);
  const { x } = createPublicKey(key).export({ format: "jwk" });
  const thumbprint = `{"crv":"Ed25519","kty":"OKP","x":"${x}"}`;
  const kid = createHash("sha256").update(thumbprint).digest("base64url");
  const iat = Math.floor(Date.now() / 1_000);
  const person = { sub: "compose", name: "Compose", roles: ["teller"], sid: "-" };
  const parts = [
    { alg: "EdDSA", kid, typ: "pacto-staff+jwt" },
    { iss: bank, aud: bank, ...person, jti: randomUUID(), iat, exp: iat + 180 },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const signed = parts.join(".");
  return `${signed}.${sign(null, Buffer.from(signed), key).toString("base64url")}`;
}

/** @returns {Outcome} */
function outcomeOf(body) {
  const state = body?.result?.data?.transfer?.state;
  if (state === "committed" || state === "aborted") return state;
  const refusal = body?.error?.data?.refusal?.code;
  return refusal && refusal !== "outcome-unknown" ? "refused" : "unknown";
}

/** @param {readonly Order[]} orders */
function show(orders) {
  return orders
    .slice(0, 5)
    .map(({ coordinator, input }) => `${coordinator}/${input.idempotencyKey}`)
    .join(", ");
}
