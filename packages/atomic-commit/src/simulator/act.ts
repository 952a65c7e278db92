import { checkTold, isCompacted } from "./check.ts";
import { deliver } from "./deliver.ts";
import { restoreSomeone } from "./restore.ts";
import { mix } from "./trace.ts";
import { transact } from "./transact.ts";
import { Violation } from "./violation.ts";
import { crash, kill, localNow, type Bank, type Flight, type Order, type World } from "./world.ts";

const KEPT_MAX = 40;

/** One action of the safety phase. The tamest comes first: deliver the oldest message. */
export function act<Work, State>(world: World<Work, State>): void {
  const { choices, swarm, flights } = world;
  if (swarm.faultFree) return actCalmly(world);
  const weights = [
    flights.length > 0 ? 70 : 0,
    10,
    14,
    swarm.timePasses,
    swarm.crash,
    8,
    swarm.partition,
    swarm.spuriousWake,
    world.kept.length > 0 ? swarm.replay : 0,
    swarm.compact,
    swarm.doomed >= 0 ? 1 : 0,
    swarm.doomed >= 0 ? 0 : swarm.restore,
  ];
  let left = choices.below(weights.reduce((sum, weight) => sum + weight, 0));
  const action = weights.findIndex((weight) => (left -= weight) < 0);
  mix(world.trace, action);
  const actions = [
    takeFlight,
    ask,
    wakeDue,
    passTime,
    crashSomeone,
    restartSomeone,
    togglePartition,
    wakeAnyone,
    replay,
    compact,
    doom,
    restoreSomeone,
  ];
  actions[action]?.(world);
}

/** No faults: messages in any order, and time passes only when nothing else can happen. */
function actCalmly<Work, State>(world: World<Work, State>): void {
  for (const { replicas } of world.banks) for (const replica of replicas) replica.up = true;
  const unasked = world.orders.some(({ asked }) => !asked);
  if (world.flights.length > 0 && !(unasked && world.choices.below(4) === 3)) takeFlight(world);
  else if (unasked) ask(world);
  else passTime(world);
}

function takeFlight<Work, State>(world: World<Work, State>): void {
  const { choices, swarm, flights } = world;
  const at = swarm.reorder ? choices.below(flights.length) : 0;
  const flight = flights[at];
  if (flight === undefined) return;
  const bank = world.banks[flight.to];
  if (bank === undefined) throw new Violation("simulator", "flight to nowhere");
  // Without faults there is one replica: votes split over several only meet by being sent again.
  const replica = swarm.faultFree ? 0 : choices.below(bank.replicas.length);
  const reached = !bank.dead && bank.replicas[replica]?.up === true;
  if (!reached || world.cut[flight.from * world.banks.length + flight.to] === true) {
    if (choices.below(2) === 0) remove(world, at);
    return;
  }
  if (!choices.chance(swarm.duplicate)) remove(world, at);
  if (swarm.replay > 0) keep(world, flight);
  if (choices.chance(swarm.drop)) return;
  if (swarm.clogged.includes(flight.message.kind) && choices.chance(swarm.clog)) return;
  traceDelivery(world, flight);
  deliver(world, flight, replica);
}

/** What a late copy of may set going again; answers and acks only end things. */
const WORTH_REPLAYING: ReadonlySet<string> = new Set([
  "prepare",
  "vote",
  "decision",
  "inquiry",
  "promise",
  "accept",
]);

/** Some of what was ever sent stays at hand to be replayed, however late. */
function keep<Work, State>(world: World<Work, State>, flight: Flight<Work>): void {
  if (!WORTH_REPLAYING.has(flight.message.kind)) return;
  if (world.kept.length < KEPT_MAX) world.kept.push(flight);
  else world.kept[world.choices.below(KEPT_MAX)] = flight;
}

function remove<Work, State>(world: World<Work, State>, at: number): void {
  const { flights } = world;
  if (world.swarm.reorder) {
    // Order does not matter: filling the gap with the last is cheaper than shifting.
    const last = flights.pop();
    if (last !== undefined && at < flights.length) flights[at] = last;
  } else {
    flights.shift();
  }
}

export function traceDelivery<Work, State>(
  world: World<Work, State>,
  { from, to, message }: World<Work, State>["flights"][number],
): void {
  const { events } = world.trace;
  if (events === null) return;
  const name = (at: number) => world.banks[at]?.id ?? "?";
  const id = "descriptor" in message ? message.descriptor.id : message.transaction;
  events.push({ kind: "deliver", from: name(from), to: name(to), what: `${id} ${message.kind}` });
}

/** A client sends its order, or asks again for what became of it: the same request (R50). */
function ask<Work, State>(world: World<Work, State>): void {
  const order = world.orders[world.choices.below(world.orders.length)];
  const replica = world.swarm.faultFree ? 0 : world.choices.below(2);
  if (order !== undefined) askFor(world, order, replica);
}

export function askFor<Work, State>(
  world: World<Work, State>,
  order: Order<Work>,
  replica: number,
): void {
  const bank = world.banks[order.home];
  const at = replica % (bank?.replicas.length ?? 1);
  if (bank === undefined || bank.dead || bank.replicas[at]?.up !== true) return;
  if (isCompacted(bank, order)) return;
  if (order.descriptor.incarnation !== bank.incarnation) {
    // A restore lost what became of it: the bank can only say that it does not know.
    if (order.asked && bank.durable.coordinator[order.index] === undefined) return;
    if (!order.asked) order.descriptor = { ...order.descriptor, incarnation: bank.incarnation };
  }
  order.asked = true;
  const { descriptor, hash } = order;
  const event = { kind: "begin" as const, descriptor, hash };
  const answered = transact(
    world,
    { bank, replica: at, order },
    { role: "coordinator", event },
    -1,
  );
  const state = bank.durable.coordinator[order.index]?.state;
  if (!answered) return;
  if (state === "committed") checkTold(order, "commit");
  else if (state === "aborted") checkTold(order, "abort");
  // A restored bank may not know yet again what it told before; then it says so.
  else if (order.told !== null && descriptor.incarnation === bank.incarnation) {
    throw new Violation("I5 truthful", `${descriptor.id} undecided`);
  }
}

type Row = {
  readonly bank: number;
  readonly order: number;
  readonly role: "coordinator" | "participant";
};

/** Records whose timer is set; only those due when `due`. */
export function sleepers<Work, State>(world: World<Work, State>, due: boolean): Row[] {
  const rows: Row[] = [];
  for (const bank of world.banks) {
    if (bank.dead) continue;
    const now = due ? localNow(world, bank) : Infinity;
    for (let order = 0; order < world.orders.length; order += 1) {
      const own = bank.durable.coordinator[order]?.wakeAt ?? null;
      if (own !== null && own <= now) rows.push({ bank: bank.index, order, role: "coordinator" });
      const part = bank.durable.participant[order]?.wakeAt ?? null;
      if (part !== null && part <= now) rows.push({ bank: bank.index, order, role: "participant" });
    }
  }
  return rows;
}

export function wake<Work, State>(world: World<Work, State>, row: Row, replica: number): void {
  const bank = world.banks[row.bank];
  const order = world.orders[row.order];
  if (bank === undefined || order === undefined) return;
  const at = replica % bank.replicas.length;
  if (bank.replicas[at]?.up !== true) return;
  const place = { bank, replica: at, order };
  transact(world, place, { role: row.role, event: { kind: "wake" } }, -1);
}

function wakeDue<Work, State>(world: World<Work, State>): void {
  const rows = sleepers(world, true);
  const row = rows.length === 0 ? undefined : rows[world.choices.below(rows.length)];
  if (row !== undefined) wake(world, row, world.choices.below(2));
}

function wakeAnyone<Work, State>(world: World<Work, State>): void {
  const rows = sleepers(world, false);
  const row = rows.length === 0 ? undefined : rows[world.choices.below(rows.length)];
  if (row !== undefined) wake(world, row, world.choices.below(2));
}

function passTime<Work, State>(world: World<Work, State>): void {
  world.now += 50 + world.choices.below(1_500);
}

function crashSomeone<Work, State>(world: World<Work, State>): void {
  const { choices, banks } = world;
  const bank = banks[choices.below(banks.length)];
  const replica = bank?.replicas[choices.below(bank.replicas.length)];
  if (bank === undefined || replica === undefined || !replica.up) return;
  observeCrash(world, bank, replica);
  kill(world, bank, replica);
  world.trace.events?.push({ kind: "note", at: bank.id, what: "a replica is killed" });
}

function observeCrash<Work, State>(
  world: World<Work, State>,
  bank: Bank<Work, State>,
  replica: Bank<Work, State>["replicas"][number],
): void {
  const { coverage, orders } = world;
  for (const order of orders) {
    const own = bank.durable.coordinator[order.index];
    const voted = (replica.votes[order.index]?.length ?? 0) > 0;
    if (own?.state === "preparing" && voted) coverage["K3 votes lost with their replica"] += 1;
    if (own !== undefined && !own.settled && order.told !== null) {
      coverage["K8 client told, crash before settlement"] += 1;
    }
    if (bank.durable.participant[order.index]?.state === "prepared") {
      coverage["P3 replica dies in doubt"] += 1;
    }
  }
}

function restartSomeone<Work, State>(world: World<Work, State>): void {
  const { choices, banks } = world;
  const bank = banks[choices.below(banks.length)];
  const replica = bank?.replicas[choices.below(bank.replicas.length)];
  if (bank !== undefined && replica !== undefined && !bank.dead) replica.up = true;
}

/** Cuts one direction between two banks, or a bank off from all others, or mends everything. */
function togglePartition<Work, State>(world: World<Work, State>): void {
  const { choices, banks, cut } = world;
  const count = banks.length;
  const [one, other] = [choices.below(count), choices.below(count)];
  switch (choices.below(3)) {
    case 0:
      cut.fill(false);
      return;
    case 1:
      cut[one * count + other] = true;
      return;
    default:
      for (let at = 0; at < count; at += 1) {
        if (at === one) continue;
        cut[one * count + at] = true;
        cut[at * count + one] = true;
      }
  }
}

function replay<Work, State>(world: World<Work, State>): void {
  const flight = world.kept[world.choices.below(world.kept.length)];
  if (flight !== undefined) world.flights.push(flight);
}

/** A coordinator forgets what is settled, and banks that hear of it forget too (R31). */
function compact<Work, State>(world: World<Work, State>): void {
  const { choices, banks, orders } = world;
  const home = banks[choices.below(banks.length)];
  if (home === undefined || home.dead) return;
  const { durable } = home;
  // Sequences ascend with the orders of a home, so this passes over them in order.
  for (const { index, home: at, descriptor } of orders) {
    const isNext = at === home.index && descriptor.sequence === durable.watermark + 1;
    if (!isNext || durable.coordinator[index]?.settled !== true) continue;
    durable.watermark += 1;
    durable.coordinator[index] = undefined;
    durable.acceptor[index] = undefined;
    world.coverage.compacted += 1;
  }
  for (const bank of banks) {
    if (bank !== home && !bank.dead && choices.below(2) === 1) hear(world, bank, home);
  }
}

function hear<Work, State>(
  world: World<Work, State>,
  bank: Bank<Work, State>,
  home: Bank<Work, State>,
): void {
  const { durable } = bank;
  durable.heard[home.index] = home.durable.watermark;
  for (const order of world.orders) {
    if (order.home !== home.index || !isCompacted(bank, order)) continue;
    if (durable.participant[order.index]?.state === "prepared") {
      throw new Violation("R31 compacted", `${order.descriptor.id} still in doubt`);
    }
    durable.participant[order.index] = undefined;
    durable.acceptor[order.index] = undefined;
  }
}

function doom<Work, State>(world: World<Work, State>): void {
  const bank = world.banks[world.swarm.doomed];
  if (bank === undefined || bank.dead) return;
  bank.dead = true;
  for (const replica of bank.replicas) crash(replica);
  world.trace.events?.push({ kind: "note", at: bank.id, what: "dies for good" });
  if (bank.durable.coordinator.some((own) => own !== undefined && !own.settled)) {
    world.coverage["K12 coordinator bank dead for good"] += 1;
  }
}
