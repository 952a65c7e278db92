import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { withClient } from "../postgres/bank-database.ts";
import { callBank, type Outcome } from "./bank-api.ts";
import { type Account, openAccounts } from "./open-accounts.ts";
import { createRandom, type Random } from "./random.ts";
import { brokenLaws, untilSettled } from "./settle.ts";
import { startWorld, type World } from "./world.ts";

export interface KeyRaceOptions {
  readonly dataDir: string;
  readonly races: number;
  readonly seed: number;
  /** Told now and then how many races are over. */
  readonly onProgress?: ((done: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface KeyRaceReport {
  readonly races: number;
  readonly seed: number;
  /** Registrations asked for, two to four in each race. */
  readonly asked: number;
  /** Answers at once: registered, refused with what to do instead, not known. */
  readonly won: number;
  readonly refused: number;
  readonly unknown: number;
  readonly kills: number;
  readonly seconds: number;
  readonly keys: number;
  readonly violations: readonly string[];
  readonly passed: boolean;
}

const AT_ONCE = 3;
/** An account has five keys at most: each one takes part in few races. */
const RACES_PER_ACCOUNT = 4;
const CALL_MS = 40_000;
const SETTLE_MS = 180_000;
/** Of five banks: a majority is always up. */
const DOWN_MAX = 2;

/** The refusals that tell a bank that lost what to do. */
const TOLD = new Set(["pix-key-of-other-person", "pix-key-portable", "pix-key-taken"]);

const registered = z.object({ key: z.object({ account: z.string() }).nullable() });

interface Racer extends Account {
  readonly race: number;
}

interface Tally {
  asked: number;
  won: number;
  refused: number;
  unknown: number;
  kills: number;
}

/**
 * Two to four banks of five register the same key at the same instant, again and again, while banks
 * are killed at random. Afterwards each racer asks again under its key: in each race exactly one has
 * it, and every bank's directory is the same.
 */
export async function raceKeys(options: KeyRaceOptions): Promise<KeyRaceReport> {
  const { dataDir, races, seed } = options;
  const random = createRandom(seed);
  const world = await startWorld({ dataDir, random, environment: { PACTO_LOG_LEVEL: "warn" } });
  const began = performance.now();
  const tally: Tally = { asked: 0, won: 0, refused: 0, unknown: 0, kills: 0 };
  try {
    const racers = await lineUp(world, races, random);
    const killing = new AbortController();
    const killer = killAtRandom(world, random.fork("killer"), tally, killing.signal);
    try {
      await runRaces(world, racers, tally, options);
    } finally {
      killing.abort();
      await killer;
    }
    await Promise.all(world.processes.map((process) => process.start()));
    const violations = [
      ...(await settledRaces(world, racers)),
      ...(await untilSettled(world, { withinMs: SETTLE_MS })).map(
        ({ bank, coordinating, inDoubt }) => `${bank}: ${coordinating + inDoubt} still open`,
      ),
      ...(await untilEqual(world)),
      ...(await brokenLaws(world, { atRest: true })),
    ];
    const seconds = Math.round((performance.now() - began) / 1_000);
    const [first] = await directories(world);
    const keys = first?.rows ?? 0;
    if (keys !== races) violations.push(`${keys} keys after ${races} races`);
    return { races, seed, ...tally, seconds, keys, violations, passed: violations.length === 0 };
  } finally {
    await world.stop();
  }
}

/** Who runs in each race: other banks each time, by accounts that have room for the key. */
async function lineUp(world: World, races: number, random: Random): Promise<Racer[][]> {
  const each = Math.ceil(races / RACES_PER_ACCOUNT);
  const opened = await Promise.all(
    world.banks.map((bank) =>
      openAccounts(
        world,
        "races",
        Array.from({ length: each }, () => ({ bank, depositCentavos: 0 })),
      ),
    ),
  );
  return Array.from({ length: races }, (_, race) => {
    const runners = random.sample(opened, random.between(2, 4));
    return runners.flatMap((accounts) => {
      const account = accounts[race % each];
      return account === undefined ? [] : [{ ...account, race }];
    });
  });
}

async function runRaces(
  world: World,
  racers: readonly (readonly Racer[])[],
  tally: Tally,
  { onProgress, signal }: KeyRaceOptions,
): Promise<void> {
  const waiting = [...racers];
  let done = 0;
  const lane = async () => {
    for (let race = waiting.shift(); race !== undefined; race = waiting.shift()) {
      if (signal?.aborted === true) return;
      // oxlint-disable-next-line no-await-in-loop -- one race after the other in each lane
      const outcomes = await Promise.all(race.map((racer) => register(world, racer)));
      for (const { kind } of outcomes) {
        tally.asked += 1;
        tally[kind === "answer" ? "won" : kind] += 1;
      }
      done += 1;
      onProgress?.(done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

function register(
  world: World,
  { bank, number, race }: Racer,
): Promise<Outcome<z.infer<typeof registered>>> {
  return callBank({
    url: world.process(bank).url,
    token: world.tokenOf(bank),
    timeoutMs: CALL_MS,
    procedure: "pix.registerKey",
    type: "mutation",
    output: registered,
    input: {
      idempotencyKey: `races:${race}:${bank}`,
      account: number,
      key: `corrida-${race}@example.com`,
    },
  });
}

/** Everybody asks again under the same key: one has it, the others are told what to do. */
async function settledRaces(
  world: World,
  racers: readonly (readonly Racer[])[],
): Promise<string[]> {
  const violations: string[] = [];
  for (const [race, banks] of racers.entries()) {
    const outcomes: Outcome<unknown>[] = [];
    for (const racer of banks) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other: whoever had it, has it
      outcomes.push(await register(world, racer));
    }
    const winners = outcomes.filter(({ kind }) => kind === "answer").length;
    const others = outcomes.flatMap((outcome) =>
      outcome.kind === "answer" ? [] : [outcome.kind === "refused" ? outcome.code : outcome.why],
    );
    if (winners !== 1) violations.push(`race ${race}: ${winners} banks have the key`);
    for (const code of others) {
      if (!TOLD.has(code)) violations.push(`race ${race}: a bank that lost was told ${code}`);
    }
  }
  return violations;
}

/** Kills and starts banks until it is told to stop; a majority is always up. */
async function killAtRandom(
  world: World,
  random: Random,
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  const down = new Set<string>();
  const starting: Promise<void>[] = [];
  while (!signal.aborted) {
    // oxlint-disable-next-line no-await-in-loop -- one blow after the other
    await sleep(random.between(500, 2_500), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    const bank = random.pick(world.banks);
    if (down.has(bank) || down.size >= DOWN_MAX) continue;
    down.add(bank);
    tally.kills += 1;
    const process = world.process(bank);
    // oxlint-disable-next-line no-await-in-loop -- dead before anything else happens
    await process.kill();
    const rest = random.between(200, 1_700);
    starting.push(
      sleep(rest)
        .then(() => process.start())
        .finally(() => down.delete(bank)),
    );
  }
  await Promise.all(starting);
}

interface DirectoryOf {
  readonly bank: string;
  readonly rows: number;
  readonly pending: number;
  /** The entries and the digests, as text that can be compared. */
  readonly text: string;
}

const DIRECTORY = `
  SELECT (SELECT count(*) FROM pix_key WHERE owner IS NOT NULL)::int AS rows,
         (SELECT count(*) FROM pix_key WHERE pending IS NOT NULL)::int AS pending,
         md5(coalesce((SELECT string_agg(concat_ws('|', key, version, owner, transaction_id, cid),
                                         ',' ORDER BY key COLLATE "C")
                         FROM pix_key WHERE version > 0), ''))
         || (SELECT string_agg(type || digest::text, ',' ORDER BY type) FROM pix_digest) AS text`;

async function directories(world: World): Promise<DirectoryOf[]> {
  return Promise.all(
    world.banks.map(async (bank) => {
      const { rows } = await withClient(world.booksOf(bank), (client) =>
        client.query<Omit<DirectoryOf, "bank">>(DIRECTORY),
      );
      return { bank, ...(rows[0] ?? { rows: 0, pending: 0, text: "" }) };
    }),
  );
}

async function untilEqual(world: World): Promise<string[]> {
  const until = performance.now() + SETTLE_MS;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- looked at until it is so
    const seen = await directories(world);
    const isEqual = new Set(seen.map(({ text }) => text)).size === 1;
    if (isEqual && seen.every(({ pending }) => pending === 0)) return [];
    if (performance.now() > until) {
      return seen.map(({ bank, rows, pending }) => `${bank}: ${rows} keys, ${pending} pending`);
    }
    // oxlint-disable-next-line no-await-in-loop -- the banks compare every three seconds
    await sleep(500);
  }
}
