import { askFor, sleepers, traceDelivery, wake } from "./act.ts";
import { isCompacted } from "./check.ts";
import { deliver } from "./deliver.ts";
import { recover } from "./restore.ts";
import { Violation } from "./violation.ts";
import type { Bank, Order, World } from "./world.ts";

const ROUNDS_MAX = 60;
/** By then every participant in doubt has asked the coordinator and all peers (R28). */
const PATIENT_ROUNDS = 8;
/** After a restore some may stay in doubt for ever: by then all that can be learned is. */
const RESTORED_ROUNDS = 16;
const DELIVERIES_MAX = 5_000;

/**
 * The liveness phase: no more faults, everybody who is not dead for good is up, and within a
 * bounded number of rounds nothing may be left undecided. Returns how many branches are left in
 * doubt by a dead coordinator, which the register never allows.
 */
export function heal<Work, State>(world: World<Work, State>): number {
  const calm = world.swarm.faultFree && world.fates === null;
  world.healed = true;
  world.cut.fill(false);
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    restart(world);
    for (const bank of world.banks) if (bank.recovering) recover(world, bank);
    drain(world);
    for (const order of world.orders) if (order.asked) askFor(world, order, 0);
    drain(world);
    if (world.restored && round >= RESTORED_ROUNDS) return judgeRestored(world);
    const learning = world.banks.some(({ recovering }) => recovering);
    const atRest =
      round >= PATIENT_ROUNDS ? restless(world) === 0 : sleepers(world, false).length === 0;
    if (atRest && !learning) return judge(world, calm);
    nextDue(world);
    for (const row of sleepers(world, true)) wake(world, row, 0);
  }
  throw new Violation("I3 progress", "the healed world does not come to rest");
}

function restart<Work, State>(world: World<Work, State>): void {
  for (const bank of world.banks) {
    if (!bank.dead) for (const replica of bank.replicas) replica.up = true;
  }
}

function drain<Work, State>(world: World<Work, State>): void {
  for (let at = 0; world.flights.length > 0; at += 1) {
    if (at > DELIVERIES_MAX) throw new Violation("I3 progress", "messages without end");
    const flight = world.flights.shift();
    if (flight === undefined || world.banks[flight.to]?.dead === true) continue;
    traceDelivery(world, flight);
    deliver(world, flight, 0);
  }
}

function nextDue<Work, State>(world: World<Work, State>): void {
  let next = Infinity;
  for (const { bank: at, order, role } of sleepers(world, false)) {
    const bank = world.banks[at];
    if (bank === undefined) continue;
    const wakeAt = bank.durable[role][order]?.wakeAt ?? Infinity;
    next = Math.min(next, (wakeAt - bank.clockOffset) / bank.clockRate);
  }
  // A second on top wakes those that are due soon in the same round.
  if (next < Infinity) world.now = Math.max(world.now, Math.ceil(next) + 1_000);
}

/** Records at living banks that should have come to rest and have not. */
function restless<Work, State>(world: World<Work, State>): number {
  let count = 0;
  for (const bank of world.banks) {
    if (bank.dead) continue;
    for (const order of world.orders) {
      const own = bank.durable.coordinator[order.index];
      if (own !== undefined && !own.settled) {
        const waitsForDead = own.unacknowledged.every((id) => isDead(world, id));
        if (own.certificate === null || !waitsForDead) count += 1;
      }
      if (bank.durable.participant[order.index]?.state === "prepared") {
        if (!isExcused(world, order)) count += 1;
      }
    }
  }
  return count;
}

/** In doubt for a reason: the coordinator is dead, no living bank knows, and nothing replaces it. */
function isExcused<Work, State>(world: World<Work, State>, order: Order<Work>): boolean {
  const { coordinator, branches, decider } = order.descriptor;
  if (decider.kind === "register" || !isDead(world, coordinator)) return false;
  return branches.every(({ bank: id }) => {
    const bank = world.banks[world.bankIndex.get(id) ?? -1];
    if (bank === undefined || bank.dead) return true;
    return bank.durable.participant[order.index]?.state === "prepared";
  });
}

function isDead<Work, State>(world: World<Work, State>, id: string): boolean {
  return world.banks[world.bankIndex.get(id) ?? -1]?.dead === true;
}

/** What must hold once the world is at rest. */
function judge<Work, State>(world: World<Work, State>, calm: boolean): number {
  let inDoubt = 0;
  for (const bank of world.banks) {
    if (bank.dead) continue;
    for (const order of world.orders) {
      judgeRecord(world, bank, order);
      if (bank.durable.participant[order.index]?.state === "prepared") inDoubt += 1;
    }
  }
  if (restless(world) > 0) throw new Violation("I3 progress", "left undecided");
  for (const order of world.orders) {
    // R4: where nothing fails and nobody refuses, the outcome is commit.
    const own = world.banks[order.home]?.durable.coordinator[order.index];
    const refused = order.refused || own?.ownVote?.vote === "no";
    if (calm && order.asked && !refused && order.outcome !== "commit") {
      throw new Violation("R4 commit", `${order.descriptor.id} aborted for nothing`);
    }
  }
  if (inDoubt === 0 && !world.banks.some(({ dead }) => dead)) {
    const states = world.banks.map(({ durable }) => durable.resources);
    const fault = world.resources.faultAtRest(states);
    if (fault !== undefined) throw new Violation("I10 conservation", fault);
  }
  return inDoubt;
}

/**
 * What several restored banks forgot nobody may be left to tell, so their world need not come to
 * rest. But whatever is decided agrees, and where everything is decided no centavo is missing.
 */
function judgeRestored<Work, State>(world: World<Work, State>): number {
  const isAlone = world.banks.filter(({ incarnation }) => incarnation > 1).length === 1;
  let undecided = 0;
  for (const bank of world.banks) {
    for (const order of world.orders) {
      const own = bank.durable.coordinator[order.index];
      const part = bank.durable.participant[order.index];
      if (own?.certificate !== null && part?.state !== "prepared") continue;
      if (isAlone && !mayBeLost(world, order)) {
        throw new Violation("I3 progress", `${bank.id} undecided on ${order.descriptor.id}`);
      }
      undecided += 1;
    }
    if (!bank.recovering) continue;
    if (isAlone) throw new Violation("I3 progress", `${bank.id} does not leave recovery`);
    undecided += 1;
  }
  if (undecided > 0) return undecided;
  const states = world.banks.map(({ durable }) => durable.resources);
  const fault = world.resources.faultAtRest(states);
  if (fault !== undefined) throw new Violation("I10 conservation", fault);
  return 0;
}

/** Without a register a restored coordinator may have lost its begin record, and all knowledge. */
function mayBeLost<Work, State>(world: World<Work, State>, order: Order<Work>): boolean {
  const home = world.banks[order.home];
  if (order.descriptor.decider.kind === "register" || home === undefined) return false;
  return home.incarnation > 1 && home.durable.coordinator[order.index] === undefined;
}

/** A participant that has a record where the coordinator decided has decided likewise (I1). */
function judgeRecord<Work, State>(
  world: World<Work, State>,
  bank: Bank<Work, State>,
  order: Order<Work>,
): void {
  const home = world.banks[order.home];
  if (home === undefined || home.dead || isCompacted(home, order)) return;
  const row = bank.durable.participant[order.index];
  const own = home.durable.coordinator[order.index];
  if (row === undefined || own === undefined) return;
  if (row.state !== own.state) {
    throw new Violation("I1 agreement", `${bank.id} ${row.state}, coordinator ${own.state}`);
  }
}
