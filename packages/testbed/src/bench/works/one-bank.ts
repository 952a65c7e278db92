import { compare, type Comparison, type Target } from "../comparison.ts";
import { runCallers } from "../load/callers.ts";
import { uniform, zipf } from "../load/choose-account.ts";
import {
  batched,
  type Choose,
  deposit,
  type Procedure,
  single,
  transfer,
} from "../load/requests.ts";
import { prepareTpcb } from "../references/tpcb.ts";
import type { BankOnStage } from "../stage.ts";
import type { Work, WorkOptions } from "./work.ts";

const ACCOUNTS = 1_000;
const MANY_ACCOUNTS = 100_000;
const PER_REQUEST = 10;
/** A warm node's work: half deposits, half transfers within the bank. */
const atLeast = (value: number): Target => ({ kind: "at-least", value });

interface Drive {
  readonly callers: number;
  readonly choose: Choose;
  /** The account that every transfer touches, if there is one. */
  readonly hot?: string;
  readonly perRequest?: number;
  /** Every n-th piece of work asks for more than there is. */
  readonly refusedEvery?: number;
}

const HUGE_CENTAVOS = 9_000_000_000_000;

function pieceOf(bank: BankOnStage, drive: Drive, at: number): Procedure {
  const { choose, hot, refusedEvery } = drive;
  const source = choose(at);
  const target = hot ?? differentFrom(source, choose, at);
  const isRefused = refusedEvery !== undefined && at % refusedEvery === 0;
  if (at % 2 === 0 && !isRefused) return deposit(target);
  const paying = { bank: bank.id, account: source === target ? choose(at + 1) : source };
  return transfer([isRefused ? { ...paying, amountCentavos: HUGE_CENTAVOS } : paying], {
    bank: bank.id,
    account: target,
  });
}

function differentFrom(source: string, choose: Choose, at: number): string {
  for (;;) {
    const other = choose(at);
    if (other !== source) return other;
  }
}

/** One side of a comparison. */
interface Side {
  perSecond(seconds: number): Promise<number>;
  close(): Promise<void>;
  /** It was tried out before, at its best number of clients. */
  readonly isWarm: boolean;
}

/** Opens the connections once, for all rounds; the node takes only so many at a time. */
function drive(bank: BankOnStage, options: Drive): Side {
  const { callers, perRequest = 1, refusedEvery } = options;
  const wire = bank.wire(callers, { refusalsAreAnswers: refusedEvery !== undefined });
  const send = (at: number) => {
    if (perRequest === 1) return wire.send(single(pieceOf(bank, options, at)));
    const first = at * perRequest;
    const pieces = Array.from({ length: perRequest }, (_, piece) =>
      pieceOf(bank, options, first + piece),
    );
    return wire.send(batched(pieces));
  };
  return {
    isWarm: false,
    async perSecond(seconds) {
      return (await runCallers(send, { callers, seconds, perCall: perRequest })).perSecond;
    },
    close: () => wire.close(),
  };
}

interface Sides {
  readonly name: string;
  readonly target: Target;
  readonly ours: Side;
  readonly reference: Side;
}

async function measure(
  { pace, signal }: WorkOptions,
  { name, target, ours, reference }: Sides,
): Promise<Comparison> {
  try {
    for (const side of [ours, reference]) {
      // oxlint-disable-next-line no-await-in-loop -- each has the machine to itself
      if (!side.isWarm) await side.perSecond(pace.warmUpSeconds);
    }
    return await compare({
      name,
      target,
      signal,
      rounds: pace.rounds,
      unit: "per-second",
      ours: () => ours.perSecond(pace.seconds),
      reference: () => reference.perSecond(pace.seconds),
    });
  } finally {
    await Promise.all([ours.close(), reference.close()]);
  }
}

async function besideTpcb(
  options: WorkOptions,
  wanted: { name: string; target: Target; perRequest?: number; callers: number },
): Promise<Comparison> {
  const bank = await options.stage.bank(ACCOUNTS);
  const tpcb = await prepareTpcb(options.stage);
  const { name, target, ...how } = wanted;
  const reference = {
    isWarm: true,
    perSecond: (seconds: number) => tpcb.round(seconds),
    close: async () => undefined,
  };
  const ours = drive(bank, { ...how, choose: uniform(bank.accounts) });
  return measure(options, { name, target, ours, reference });
}

/** Ours beside ours: the same work under another condition. */
function besideOurselves(
  options: WorkOptions,
  wanted: {
    name: string;
    target: Target;
    ours: [BankOnStage, Drive];
    reference: [BankOnStage, Drive];
  },
): Promise<Comparison> {
  const { name, target } = wanted;
  const [ours, reference] = [drive(...wanted.ours), drive(...wanted.reference)];
  return measure(options, { name, target, ours, reference });
}

export const postings: Work = {
  name: "postings",
  isLong: false,
  run: async (options) => [
    await besideTpcb(options, { name: "postings, 64 callers", callers: 64, target: atLeast(3) }),
    await besideTpcb(options, { name: "postings, 256 callers", callers: 256, target: atLeast(4) }),
    await besideTpcb(options, {
      name: "postings, 64 callers, 10 a request",
      callers: 64,
      perRequest: PER_REQUEST,
      target: atLeast(6),
    }),
  ],
};

export const skew: Work = {
  name: "skew",
  isLong: false,
  async run(options) {
    const bank = await options.stage.bank(ACCOUNTS);
    const spread: Drive = { callers: 64, choose: uniform(bank.accounts) };
    const [hot = "", ...others] = bank.accounts;
    const against = (name: string, target: Target, ours: Drive) =>
      besideOurselves(options, { name, target, ours: [bank, ours], reference: [bank, spread] });
    return [
      await against("one hot account, against uniform", atLeast(0.9), {
        callers: 64,
        choose: uniform(others),
        hot,
      }),
      await against("zipf, against uniform", atLeast(0.9), {
        callers: 64,
        choose: zipf(bank.accounts),
      }),
      await against("one in ten refused, against none", atLeast(0.9), {
        ...spread,
        refusedEvery: 10,
      }),
    ];
  },
};

export const manyAccounts: Work = {
  name: "accounts",
  isLong: true,
  async run(options) {
    const few = await options.stage.bank(ACCOUNTS);
    const many = await options.stage.bank(MANY_ACCOUNTS);
    return [
      await besideOurselves(options, {
        name: "100,000 accounts, against 1,000",
        target: atLeast(0.8),
        ours: [many, { callers: 64, choose: uniform(many.accounts) }],
        reference: [few, { callers: 64, choose: uniform(few.accounts) }],
      }),
    ];
  },
};

export const waiting: Work = {
  name: "waiting",
  isLong: false,
  async run({ stage, pace, signal }) {
    const bank = await stage.bank(ACCOUNTS);
    const choose = uniform(bank.accounts);
    const wires = { crowd: bank.wire(64), alone: bank.wire(1) };
    const deposits = (wire: typeof wires.crowd, callers: number, seconds: number) =>
      runCallers((at) => wire.send(single(deposit(choose(at)))), { callers, seconds });
    try {
      await deposits(wires.crowd, 64, pace.warmUpSeconds);
      return [
        await compare({
          name: "p99 of a deposit at 64 callers, against p50 alone",
          unit: "ms",
          signal,
          rounds: pace.rounds,
          target: { kind: "at-most", value: 10 },
          ours: async () => (await deposits(wires.crowd, 64, pace.seconds)).p99Ms,
          reference: async () => (await deposits(wires.alone, 1, pace.seconds)).p50Ms,
        }),
      ];
    } finally {
      await Promise.all([wires.crowd.close(), wires.alone.close()]);
    }
  },
};
