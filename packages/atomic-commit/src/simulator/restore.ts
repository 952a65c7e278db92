import { branchOf, majorityOf } from "../descriptor.ts";
import type { Outcome } from "../statement.ts";
import { transact } from "./transact.ts";
import { copyDurable, crash, type Bank, type Order, type World } from "./world.ts";

/** A backup is taken, or brought back, or a restored bank goes on learning what it lost (R48). */
export function restoreSomeone<Work, State>(world: World<Work, State>): void {
  const { choices, banks } = world;
  const bank = banks[choices.below(banks.length)];
  if (bank === undefined || bank.dead) return;
  // One at a time: what two banks forget together nobody may be left to tell (SPEC.md, Limits).
  const learning = banks.find(({ recovering }) => recovering);
  if (learning !== undefined) recover(world, learning);
  else if (bank.backup === null || choices.below(3) === 0) bank.backup = copyDurable(bank.durable);
  else restore(world, bank, bank.backup);
}

function restore<Work, State>(
  world: World<Work, State>,
  bank: Bank<Work, State>,
  backup: NonNullable<Bank<Work, State>["backup"]>,
): void {
  for (const replica of bank.replicas) {
    crash(replica);
    replica.up = true;
  }
  bank.durable = copyDurable(backup);
  bank.incarnation += 1;
  bank.recovering = true;
  world.restored = true;
  world.coverage["P9 restored from a backup"] += 1;
  world.trace.events?.push({ kind: "note", at: bank.id, what: "is restored from a backup" });
  for (const order of world.orders) revise(world, order);
}

/** What was only on record at the restored bank is open again, and so is what it told of it. */
function revise<Work, State>(world: World<Work, State>, order: Order<Work>): void {
  let recorded: Outcome | null = null;
  for (const { durable } of world.banks) {
    for (const record of [durable.coordinator[order.index], durable.participant[order.index]]) {
      if (record?.state === "committed") recorded = "commit";
      if (record?.state === "aborted") recorded = "abort";
    }
  }
  order.chosen = stillChosen(world, order);
  order.outcome = recorded ?? order.chosen;
  if (recorded !== order.told) order.told = null;
}

/** The outcome that a majority of accepts on record shows, now that some are lost. */
function stillChosen<Work, State>(world: World<Work, State>, order: Order<Work>): Outcome | null {
  const accepts = world.banks.flatMap(({ durable }) => {
    const accepted = durable.acceptor[order.index]?.accepted ?? null;
    return accepted === null ? [] : [accepted];
  });
  for (const { ballot, outcome } of accepts) {
    const same = accepts.filter((other) => other.ballot === ballot);
    if (same.length >= majorityOf(order.descriptor)) return outcome;
  }
  return null;
}

/**
 * The restored bank asks every other for what names it. From then on they listen to its new
 * incarnation only. It votes again once no peer waits for its vote any more.
 */
export function recover<Work, State>(world: World<Work, State>, bank: Bank<Work, State>): void {
  const { banks, orders } = world;
  const isCurrent = ({ from, incarnation }: World<Work, State>["flights"][number]) =>
    from !== bank.index || incarnation === bank.incarnation;
  world.flights = world.flights.filter(isCurrent);
  world.kept = world.kept.filter(isCurrent);
  let isAwaited = false;
  for (const peer of banks) {
    if (peer === bank) continue;
    peer.durable.incarnations[bank.index] = bank.incarnation;
    bank.durable.incarnations[peer.index] = peer.incarnation;
    for (const order of orders) {
      if (isAwaitedBy(peer, bank, order)) isAwaited = true;
      rememberSequence(bank, peer, order);
      if (!relearn(world, { bank, peer, order })) return;
    }
  }
  if (!isAwaited) bank.recovering = false;
}

/**
 * Whether the peer still waits for the outcome of something that names the restored bank: as its
 * coordinator, or in doubt about what the register will decide.
 */
function isAwaitedBy<Work, State>(
  { durable }: Bank<Work, State>,
  bank: Bank<Work, State>,
  { index, descriptor }: Order<Work>,
): boolean {
  const named = branchOf(descriptor, bank.id) !== undefined;
  if (named && durable.coordinator[index]?.certificate === null) return true;
  const concerned = named || descriptor.coordinator === bank.id;
  const inDoubt = durable.participant[index]?.state === "prepared";
  return concerned && inDoubt && descriptor.decider.kind === "register";
}

/**
 * Any record of any peer counts, its witness records too: the coordinator may have been restored
 * itself and have forgotten what it began.
 */
function rememberSequence<Work, State>(
  bank: Bank<Work, State>,
  { durable }: Bank<Work, State>,
  { index, home }: Order<Work>,
): void {
  const { forgotten } = bank.durable;
  for (const record of [
    durable.coordinator[index],
    durable.participant[index],
    durable.acceptor[index],
  ]) {
    if (record !== undefined) forgotten[home] = Math.max(forgotten[home] ?? 0, record.sequence);
  }
}

/** Takes up one outcome that a peer can prove; false when the database transaction went wrong. */
function relearn<Work, State>(
  world: World<Work, State>,
  { bank, peer, order }: Record<"bank" | "peer", Bank<Work, State>> & { order: Order<Work> },
): boolean {
  const { descriptor: of } = order;
  const concerned = of.coordinator === bank.id || branchOf(of, bank.id) !== undefined;
  const known = peer.durable.coordinator[order.index] ?? peer.durable.participant[order.index];
  if (!concerned || known === undefined || known.certificate === null) return true;
  const { hash, descriptor, descriptorProof, certificate } = known;
  if (descriptor === null || descriptorProof === null) return true;
  const role = of.coordinator === bank.id ? ("coordinator" as const) : ("participant" as const);
  const event = {
    kind: "restore" as const,
    from: peer.id,
    signed: { hash, descriptor, descriptorProof },
    certificate,
  };
  const before = bank.durable[role][order.index];
  const done = transact(world, { bank, replica: 0, order }, { role, event }, -1);
  if (before === undefined && bank.durable[role][order.index] !== undefined) {
    world.coverage["re-learned by certificate"] += 1;
  }
  return done;
}
