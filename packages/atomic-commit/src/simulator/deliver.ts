import { headOf, roleOf, type Message } from "../messages.ts";
import { transact, type Place, type Task } from "./transact.ts";
import { localNow, type Flight, type Order, type Proof, type World } from "./world.ts";

/** Hands a message to a replica of its bank: the routing of a node, without a network. */
export function deliver<Work, State>(
  world: World<Work, State>,
  flight: Flight<Work>,
  replica: number,
): void {
  const bank = world.banks[flight.to];
  const order = orderOf(world, flight.message);
  if (bank === undefined || order === undefined) throw new Error("message to nowhere");
  const place: Place<Work, State> = { bank, replica, order };
  const from = world.banks[flight.from]?.id ?? "";
  const task = gather(place, flight, from) ?? taskOf(world, place, flight.message, from);
  if (task !== undefined) transact(world, place, task, flight.from);
}

function orderOf<Work, State>(
  world: World<Work, State>,
  message: Message<Work, Proof>,
): Order<Work> | undefined {
  return world.orders[world.orderIndex.get(headOf(message).transaction) ?? -1];
}

/** Messages that only count together: what has been gathered becomes the event. */
function gather<Work, State>(
  { bank, replica, order }: Place<Work, State>,
  { message }: Flight<Work>,
  from: string,
): Task<Work> | undefined {
  const memory = bank.replicas[replica];
  if (memory === undefined) return undefined;
  const { sequence } = order.descriptor;
  if (message.kind === "vote") {
    const votes = memory.votes[order.index] ?? [];
    votes.push(message.vote);
    return { role: "coordinator", event: { kind: "decide", votes, sequence } };
  }
  const role = roleOf(message, bank.id);
  const task = (event: Gathered): Task<Work> | undefined =>
    role === "witness" ? undefined : { role, event };
  if (message.kind === "promised") {
    const promises = memory.promises[order.index] ?? [];
    promises.push({ promise: message.promise, votes: message.votes });
    return task({ kind: "promised", promises });
  }
  if (message.kind === "accepted") {
    const accepts = memory.accepts[order.index] ?? [];
    accepts.push(message.accept);
    return task({ kind: "accepted", accepts });
  }
  if (message.kind === "outbid") return task({ kind: "outbid", promised: message.promised });
  if (message.kind === "ack") {
    return { role: "coordinator", event: { kind: "ack", from: [from], sequence } };
  }
  return undefined;
}

type Gathered = Extract<
  Extract<Task<never>, { role: "participant" }>["event"],
  { kind: "promised" | "accepted" | "outbid" }
>;

function taskOf<Work, State>(
  world: World<Work, State>,
  { bank }: Place<Work, State>,
  message: Message<Work, Proof>,
  from: string,
): Task<Work> | undefined {
  const role = roleOf(message, bank.id);
  switch (message.kind) {
    case "prepare": {
      // Now and then a message has waited in a queue for longer than its deadline.
      const { swarm, choices, healed } = world;
      const waited = !healed && choices.chance(swarm.spuriousWake) ? choices.below(8_000) : 0;
      const receivedAt = localNow(world, bank) - waited;
      return { role: "participant", event: { kind: "prepare", from, receivedAt, message } };
    }
    case "promise":
    case "accept":
      return { role: "witness", event: { from, message } };
    case "inquiry":
      return role === "coordinator"
        ? { role, event: { kind: "inquiry", from, message } }
        : { role: "participant", event: { kind: "inquiry", from, message } };
    case "decision":
      return role === "coordinator"
        ? { role, event: { kind: "learned", from, message } }
        : { role: "participant", event: { kind: "decision", from, message } };
    case "answer":
      return role === "coordinator"
        ? { role, event: { kind: "learned", from, message } }
        : { role: "participant", event: { kind: "answer", from, message } };
    default:
      return undefined;
  }
}
