import { ProtocolLawBroken } from "../invariants.ts";
import type { Decider, Descriptor } from "../descriptor.ts";
import { choicesFromList, choicesFromSeed, type Choices } from "./choices.ts";
import { emptyCoverage, type Coverage } from "./coverage.ts";
import { heal } from "./heal.ts";
import { act } from "./act.ts";
import type { Fate } from "./observe.ts";
import type { ResourceManager } from "./resources.ts";
import { drawSwarm, type Swarm } from "./swarm.ts";
import type { TraceEvent } from "./trace.ts";
import { Violation } from "./violation.ts";
import { emptyReplica, type Bank, type Order, type World } from "./world.ts";

export interface ScheduleOptions<Work, State> {
  readonly resources: ResourceManager<Work, State>;
  /** mixed: register for odd seeds. */
  readonly decider: "local" | "register" | "mixed";
  readonly banks?: number;
  readonly replicas?: number;
  readonly transactions?: number;
  /** Actions of the safety phase. */
  readonly steps?: number;
  /** Faults set by hand instead of drawn. */
  readonly swarm?: Partial<Swarm>;
  /** Earlier choices to follow instead of the seed. */
  readonly choices?: readonly number[];
  /** Keep the choices, for shrinking. */
  readonly record?: boolean;
  /** Keep the events, for the text and the diagram. */
  readonly trace?: boolean;
  /** Fates of single database transactions, by their number, instead of drawn ones. */
  readonly fates?: ReadonlyMap<number, Fate>;
  /** Counters to add to; without them the schedule counts into its own. */
  readonly coverage?: Coverage;
}

export interface ScheduleResult {
  readonly seed: number;
  readonly violation: { readonly law: string; readonly message: string } | null;
  /** Database transactions run. */
  readonly steps: number;
  /** Of everything that happened: the same seed and options give the same hash. */
  readonly hash: number;
  readonly coverage: Coverage;
  readonly committed: number;
  readonly aborted: number;
  /** Branches left in doubt at living banks: their coordinator is dead, or a restore forgot. */
  readonly inDoubt: number;
  readonly choices: readonly number[];
  readonly events: readonly TraceEvent[];
}

const BANKS = 4;
const REPLICAS = 2;
const TRANSACTIONS = 4;
const STEPS = 160;
const CONTESTED_STEPS = 320;
const WITNESSES = 3;

/** Runs one schedule: faults for a while, then a healed world that has to come to rest. */
export function runSchedule<Work, State>(
  seed: number,
  options: ScheduleOptions<Work, State>,
): ScheduleResult {
  const recording = options.record ?? false;
  const choices =
    options.choices === undefined
      ? choicesFromSeed(seed, recording)
      : choicesFromList(options.choices);
  const world = createWorld(seed, choices, options);
  let inDoubt = 0;
  let violation: ScheduleResult["violation"] = null;
  try {
    const steps = options.steps ?? (world.swarm.contested ? CONTESTED_STEPS : STEPS);
    for (let at = 0; at < steps; at += 1) act(world);
    inDoubt = heal(world);
  } catch (error) {
    violation = asViolation(error);
  }
  const outcomes = world.orders.map(({ outcome }) => outcome);
  return {
    seed,
    violation,
    steps: world.steps,
    hash: world.trace.hash,
    coverage: world.coverage,
    committed: outcomes.filter((outcome) => outcome === "commit").length,
    aborted: outcomes.filter((outcome) => outcome === "abort").length,
    inDoubt,
    choices: choices.taken,
    events: world.trace.events ?? [],
  };
}

function asViolation(error: unknown): { readonly law: string; readonly message: string } {
  if (error instanceof Violation) return { law: error.law, message: error.message };
  if (error instanceof ProtocolLawBroken) return { law: "record", message: error.message };
  // Whatever else a step or a resource manager throws is a defect as well.
  if (error instanceof Error) return { law: "thrown", message: `${error.name}: ${error.message}` };
  throw error;
}

function createWorld<Work, State>(
  seed: number,
  choices: Choices,
  options: ScheduleOptions<Work, State>,
): World<Work, State> {
  const count = options.banks ?? BANKS;
  const ids = Array.from({ length: count }, (_, at) => String.fromCharCode(65 + at));
  const swarm = { ...drawSwarm(choices, count), ...options.swarm };
  // One transaction alone gets all the faults: what takes many rounds shows there.
  const alone = swarm.contested || choices.below(3) === 2;
  const transactions = options.transactions ?? (alone ? 1 : TRANSACTIONS);
  const register =
    options.decider === "register" || (options.decider === "mixed" && seed % 2 !== 0);
  const decider: Decider = register
    ? { kind: "register", witnesses: ids.slice(0, Math.min(WITNESSES, count)) }
    : { kind: "local" };
  const banks = ids.map((id, index): Bank<Work, State> => {
    const skewed = !swarm.faultFree && choices.below(4) === 3;
    return {
      index,
      id,
      durable: {
        coordinator: Array.from({ length: transactions }),
        participant: Array.from({ length: transactions }),
        acceptor: Array.from({ length: transactions }),
        resources: options.resources.open(id),
        watermark: 0,
        heard: ids.map(() => 0),
        incarnations: ids.map(() => 1),
        forgotten: ids.map(() => 0),
      },
      backup: null,
      incarnation: 1,
      recovering: false,
      crashes: 0,
      replicas: Array.from({ length: options.replicas ?? REPLICAS }, () =>
        emptyReplica(transactions),
      ),
      dead: false,
      clockRate: skewed ? 0.5 + choices.below(6) / 4 : 1,
      clockOffset: skewed ? choices.below(100_000) : 0,
    };
  });
  const orders = drawOrders({ choices, ids, decider, transactions }, options.resources);
  return {
    choices,
    swarm,
    resources: options.resources,
    banks,
    bankIndex: new Map(ids.map((id, index) => [id, index])),
    orders,
    orderIndex: new Map(orders.map(({ descriptor, index }) => [descriptor.id, index])),
    flights: [],
    kept: [],
    cut: Array.from({ length: count * count }, () => false),
    coverage: options.coverage ?? emptyCoverage(),
    trace: { hash: 0x811c9dc5, events: options.trace === true ? [] : null },
    fates: options.fates ?? null,
    now: 0,
    steps: 0,
    restored: false,
    healed: false,
  };
}

interface Draw {
  readonly choices: Choices;
  readonly ids: readonly string[];
  readonly decider: Decider;
  readonly transactions: number;
}

function drawOrders<Work, State>(
  { choices, ids, decider, transactions }: Draw,
  resources: ResourceManager<Work, State>,
): Order<Work>[] {
  const sequences = ids.map(() => 0);
  return Array.from({ length: transactions }, (_, index): Order<Work> => {
    const branches = resources.draw((n) => choices.below(n), ids);
    // Mostly a bank with a branch coordinates, now and then one without.
    const among = choices.below(5) === 4 ? ids : branches.map(({ bank }) => bank);
    const home = ids.indexOf(among[choices.below(among.length)] ?? "");
    const sequence = (sequences[home] ?? 0) + 1;
    sequences[home] = sequence;
    const id = `t${index}`;
    const descriptor: Descriptor<Work> = {
      id,
      coordinator: ids[home] ?? "",
      incarnation: 1,
      sequence,
      branches,
      decider,
      prepareWithinMs: 3_000,
      purpose: "transfer",
    };
    const blank = { asked: false, told: null, outcome: null, refused: false, chosen: null };
    return { index, descriptor, hash: `h${index}`, home, beganBy: 0, ...blank };
  });
}
