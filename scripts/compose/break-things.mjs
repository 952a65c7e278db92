import assert from "node:assert/strict";
import { mustAsk } from "./ask.mjs";

/** @typedef {import("./containers.mjs").Containers} Containers */
/** @typedef {import("./tellers.mjs").Tellers} Tellers */
/** @typedef {import("./build-images.mjs").Step} Step */

const BACK_WITHIN_MS = 180_000;
/** Enough that every pair of banks has been at work, before, during and after a fault. */
const SOME = 12;

/**
 * One fault after the other while tellers work: each must leave the other banks at work, and each
 * bank must come back by itself.
 * @param {Containers} containers
 * @param {Tellers} tellers
 * @param {Step} step
 */
export async function breakThings(containers, tellers, step) {
  const ids = containers.banks.map(({ id }) => id);
  const [azul = "", verde = "", ambar = "", coral = "", violeta = ""] = ids;
  await step("tellers work at every bank", () => tellers.commitMore(SOME));
  await step(`the node of ${coral} crashes midway and is started again`, () =>
    crash(containers, tellers, coral),
  );
  await step(`the database of ${verde} crashes midway and is started again`, () =>
    crash(containers, tellers, `${verde}-postgres`),
  );
  await step(`${violeta} stays dead for a while; the others go on`, () =>
    outage(containers, tellers, violeta),
  );
  await step(`${azul}, a witness and coordinator, stays dead for a while; the others go on`, () =>
    outage(containers, tellers, azul),
  );
  await step(`${ambar}, a witness, is cut off the other banks and comes back`, () =>
    partition(containers, tellers, ambar),
  );
  await step("all banks work together again", async () => {
    await containers.waitHealthy(ids, BACK_WITHIN_MS);
    await tellers.commitMore(SOME);
  });
}

/**
 * Ends the process as the kernel would, unseen by the engine, whose restart policy is to act.
 * @param {Containers} containers
 * @param {Tellers} tellers
 * @param {string} service
 */
async function crash(containers, tellers, service) {
  const { State, RestartCount } = await containers.inspect(service);
  await tellers.beginOne();
  process.kill(State.Pid, "SIGKILL");
  await containers.waitHealthy([service], BACK_WITHIN_MS, { restarts: RestartCount + 1 });
  await tellers.commitMore(SOME);
}

/**
 * @param {Containers} containers
 * @param {Tellers} tellers
 * @param {string} bank
 */
async function outage(containers, tellers, bank) {
  const id = await containers.idOf(bank);
  await tellers.beginOne();
  await mustAsk("docker", ["kill", id]);
  await tellers.commitMore(SOME, othersThan(containers, bank));
  await mustAsk("docker", ["start", id]);
  await containers.waitHealthy([bank], BACK_WITHIN_MS);
}

/**
 * @param {Containers} containers
 * @param {Tellers} tellers
 * @param {string} bank
 */
async function partition(containers, tellers, bank) {
  const id = await containers.idOf(bank);
  const network = `${containers.project}_interbank`;
  await tellers.beginOne();
  await mustAsk("docker", ["network", "disconnect", network, id]);
  await tellers.commitMore(SOME, othersThan(containers, bank));
  assert.equal((await containers.inspect(bank)).State.Running, true);
  await mustAsk("docker", ["network", "connect", "--alias", bank, network, id]);
  await containers.waitHealthy([bank], BACK_WITHIN_MS);
}

/** @param {Containers} containers @param {string} bank */
function othersThan({ banks }, bank) {
  return banks.map(({ id }) => id).filter((id) => id !== bank);
}
