import type { AcceptorRecord } from "../acceptor.ts";
import type { CoordinatorRecord } from "../coordinator-record.ts";
import { majorityOf, witnessesOf } from "../descriptor.ts";
import { assertCoordinatorInvariants, assertParticipantInvariants } from "../invariants.ts";
import type { Message } from "../messages.ts";
import type { ParticipantRecord } from "../participant-record.ts";
import type { Outcome } from "../statement.ts";
import { Violation } from "./violation.ts";
import type { Bank, Order, Proof, World } from "./world.ts";

/** I1: whatever any record of a transaction shows is what every record shows. */
function noteOutcome<Work, State>(
  world: World<Work, State>,
  order: Order<Work>,
  outcome: Outcome,
): void {
  if (order.outcome === outcome) return;
  if (order.outcome !== null) {
    throw new Violation("I1 agreement", `${order.descriptor.id} both commits and aborts`);
  }
  order.outcome = outcome;
  if (outcome === "commit") demandEveryYes(world, order);
}

/** I2: at the first commit, every branch's YES is durable at its own bank. */
function demandEveryYes<Work, State>(world: World<Work, State>, order: Order<Work>): void {
  const { branches, coordinator, id } = order.descriptor;
  for (const { bank } of branches) {
    const voter = world.banks[world.bankIndex.get(bank) ?? -1];
    // A restored bank may have lost its YES; that it gave it is what the certificate proves.
    if (voter !== undefined && voter.incarnation > 1) continue;
    const durable = voter?.durable;
    const vote =
      bank === coordinator
        ? durable?.coordinator[order.index]?.ownVote
        : durable?.participant[order.index]?.vote;
    if (vote?.vote !== "yes") throw new Violation("I2 validity", `${id} without a YES of ${bank}`);
  }
}

export function checkCoordinator<Work, State>(
  world: World<Work, State>,
  { bank, order }: { readonly bank: Bank<Work, State>; readonly order: Order<Work> },
  before: CoordinatorRecord<Work, Proof> | undefined,
  after: CoordinatorRecord<Work, Proof>,
): void {
  assertCoordinatorInvariants(after, bank.id);
  if (before !== undefined && before.state !== after.state) {
    const allowed =
      before.state === "preparing" || (before.state === "proposed" && after.state !== "preparing");
    if (!allowed) throw new Violation("I5 irrevocable", `${before.state} became ${after.state}`);
  }
  if (after.state === "committed") noteOutcome(world, order, "commit");
  if (after.state === "aborted") noteOutcome(world, order, "abort");
  const undecided = after.state === "preparing" || after.state === "proposed";
  checkHold(world, bank, order, undecided && after.ownVote !== null);
}

export function checkParticipant<Work, State>(
  world: World<Work, State>,
  { bank, order }: { readonly bank: Bank<Work, State>; readonly order: Order<Work> },
  before: ParticipantRecord<Work, Proof> | undefined,
  after: ParticipantRecord<Work, Proof>,
): void {
  assertParticipantInvariants(after, bank.id);
  if (before !== undefined && before.state !== after.state && before.state !== "prepared") {
    throw new Violation("I5 irrevocable", `${before.state} became ${after.state}`);
  }
  if (after.state === "committed") noteOutcome(world, order, "commit");
  if (after.state === "aborted") noteOutcome(world, order, "abort");
  const code = after.vote?.reason?.code;
  if (code !== undefined && code !== "inquired-before-prepare") order.refused = true;
  checkHold(world, bank, order, after.state === "prepared");
}

/** I8: a hold is there exactly while the branch is undecided. */
function checkHold<Work, State>(
  world: World<Work, State>,
  bank: Bank<Work, State>,
  order: Order<Work>,
  expected: boolean,
): void {
  const held = world.resources.isHeld(bank.durable.resources, order.descriptor.id);
  if (held === expected) return;
  const id = order.descriptor.id;
  throw new Violation("I8 holds", `${bank.id} ${held ? "still holds" : "holds nothing for"} ${id}`);
}

/** The register chooses at most one value, and no record contradicts it. */
export function checkAcceptor<Work, State>(
  world: World<Work, State>,
  order: Order<Work>,
  before: AcceptorRecord<Proof> | undefined,
  after: AcceptorRecord<Proof>,
): void {
  if (before !== undefined && after.promised < before.promised) {
    throw new Violation("W1 promises hold", `${before.promised} fell to ${after.promised}`);
  }
  const { accepted } = after;
  if (accepted === null) {
    if (before !== undefined && before.accepted !== null) {
      throw new Violation("W2 accepts last", "an accepted value was forgotten");
    }
    return;
  }
  let same = 0;
  for (const witness of witnessesOf(order.descriptor)) {
    const durable = world.banks[world.bankIndex.get(witness) ?? -1]?.durable;
    const other = durable?.acceptor[order.index]?.accepted;
    if (other?.ballot === accepted.ballot && other.outcome === accepted.outcome) same += 1;
  }
  if (same < majorityOf(order.descriptor)) return;
  if (order.chosen !== null && order.chosen !== accepted.outcome) {
    throw new Violation("W3 one value", `${order.descriptor.id} chose both outcomes`);
  }
  order.chosen = accepted.outcome;
  noteOutcome(world, order, accepted.outcome);
}

/** Every commit of a bank leaves its own laws whole (I6, I9). */
export function checkResources<Work, State>(
  world: World<Work, State>,
  bank: Bank<Work, State>,
): void {
  const fault = world.resources.fault(bank.durable.resources);
  if (fault !== undefined) throw new Violation("I6 local laws", `${bank.id}: ${fault}`);
}

/** R6–R9: what a bank says is durable at that bank before it says it. */
export function checkSaid<Work, State>(
  bank: Bank<Work, State>,
  order: Order<Work>,
  message: Message<Work, Proof>,
): void {
  const { durable } = bank;
  const row = durable.participant[order.index];
  const own = durable.coordinator[order.index];
  const state = own?.state ?? row?.state;
  let backed = true;
  switch (message.kind) {
    case "vote":
      backed = row?.vote?.vote === message.vote.vote;
      break;
    case "ack":
      backed = (row !== undefined && row.certificate !== null) || isCompacted(bank, order);
      break;
    case "decision":
      backed = state === (message.certificate.outcome === "commit" ? "committed" : "aborted");
      break;
    case "answer":
      backed =
        message.state === "committed" || message.state === "aborted"
          ? state === message.state
          : message.state !== "uncertain" || row?.certificate === null;
      break;
    case "prepare":
      backed = own !== undefined;
      break;
    case "accept":
      backed = (own?.proposal ?? row?.proposal)?.outcome === message.outcome;
      break;
    case "promised":
      backed = (durable.acceptor[order.index]?.promised ?? -1) >= message.promise.ballot;
      break;
    case "accepted":
      backed = durable.acceptor[order.index]?.accepted?.ballot === message.accept.ballot;
      break;
    default:
  }
  if (!backed) throw new Violation("R10 durable first", `${bank.id} said ${message.kind}`);
}

export function isCompacted<Work, State>(bank: Bank<Work, State>, order: Order<Work>): boolean {
  const { home, descriptor } = order;
  const { durable } = bank;
  const watermark = home === bank.index ? durable.watermark : (durable.heard[home] ?? 0);
  return descriptor.sequence <= watermark;
}

/** I4: what a client was told never changes. */
export function checkTold<Work>(order: Order<Work>, outcome: Outcome): void {
  if (order.told !== null && order.told !== outcome) {
    throw new Violation("I4 told", `${order.descriptor.id} was ${order.told}, now ${outcome}`);
  }
  order.told = outcome;
}
