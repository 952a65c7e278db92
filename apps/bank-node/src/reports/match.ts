import type { LocalDate } from "@pacto/banking";
import {
  sharesTold,
  SHARES_MAX,
  type KnownShare,
  type MatchLine,
  type MatchReport,
} from "@pacto/contract";
import type { Bank, StaffContext } from "../context.ts";
import { readDay } from "./days.ts";
import { begunAt, selectShares } from "./shares.ts";

const TIMEOUT_MS = 5_000;
/** Pages asked of one bank for one day. */
const PAGES_MAX = 20;
/** Lines of one report: what does not match comes first. */
const LINES_MAX = 2_000;

interface Told {
  readonly shares: ReadonlyMap<string, KnownShare>;
  readonly isComplete: boolean;
}

/**
 * Compares this bank's books with every other bank's, transaction by transaction, for those that
 * began on a day. In a healthy consortium nothing is unmatched.
 * Throws RefusalError `period-backwards` for a day that is none.
 */
export async function matchDay(
  ctx: StaffContext,
  input: { readonly on: string },
): Promise<MatchReport> {
  const on = readDay(input.on);
  const others = ctx.bank.manifest.members.map(({ id }) => id).filter((id) => id !== ctx.bank.id);
  // Theirs first: what is posted here meanwhile is in ours, and not missing there for long.
  const theirs = await Promise.all(
    others.map(async (bank) => ({ bank, told: await pagesOf(askPage(ctx.bank, bank, on)) })),
  );
  const ours = await pagesOf((after) =>
    selectShares(ctx.bank.pools.api, { on, after, limit: SHARES_MAX }),
  );
  const lines = theirs
    .flatMap(({ bank, told }) => compare(ctx.bank.id, bank, ours?.shares ?? new Map(), told))
    .toSorted((one, other) => rank(one) - rank(other) || (one.at < other.at ? 1 : -1));
  const count = (wanted: number) => lines.filter((line) => rank(line) === wanted).length;
  const isComplete =
    ours?.isComplete === true &&
    theirs.every(({ told }) => told === undefined || told.isComplete) &&
    lines.length <= LINES_MAX;
  return {
    bank: ctx.bank.id,
    on,
    unmatched: count(0),
    open: count(1),
    unknown: count(2),
    matched: count(3),
    lines: lines.slice(0, LINES_MAX),
    isComplete,
  };
}

function rank({ result }: MatchLine): number {
  if (result === "matched") return 3;
  if (result === "unknown") return 2;
  return result === "open" ? 1 : 0;
}

type ReadPage = (after: string | undefined) => Promise<readonly KnownShare[] | undefined>;

/** Page after page; nothing when one does not come. */
async function pagesOf(read: ReadPage): Promise<Told | undefined> {
  const shares = new Map<string, KnownShare>();
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the last one ended
    const part = await read(after);
    if (part === undefined) return undefined;
    for (const share of part) shares.set(share.id, share);
    if (part.length < SHARES_MAX) return { shares, isComplete: true };
    after = part.at(-1)?.id;
  }
  return { shares, isComplete: false };
}

function askPage(bank: Bank, other: string, on: LocalDate): ReadPage {
  return async (after) => {
    const asked = after === undefined ? { on } : { on, after };
    const options = { timeoutMs: TIMEOUT_MS };
    const [result] = await bank.peers.call(other, "commit.shares", [asked], options);
    if (result?.kind !== "answer") return undefined;
    const parsed = sharesTold.safeParse({ items: [result.value] });
    return parsed.success ? parsed.data.items[0]?.shares : undefined;
  };
}

/** What a bank tells another one of a day: only transactions that are that bank's own as well. */
export async function answerShares(
  bank: Bank,
  peer: string,
  asked: { readonly on: string; readonly after?: string | undefined },
): Promise<{ shares: KnownShare[] }> {
  const on = readDay(asked.on);
  const page = { on, after: asked.after, with: peer, limit: SHARES_MAX };
  return { shares: await selectShares(bank.pools.api, page) };
}

const NOTHING = { state: "missing", postedCentavos: 0 } as const;

function compare(
  self: string,
  other: string,
  ours: ReadonlyMap<string, KnownShare>,
  told: Told | undefined,
): MatchLine[] {
  const theirs = told?.shares ?? new Map<string, KnownShare>();
  const shared = [...ours.values()].filter(({ branches }) =>
    branches.some(({ bank }) => bank === other),
  );
  const missed = [...theirs.values()].filter(({ id }) => !ours.has(id));
  return [...shared, ...missed].flatMap((known): MatchLine[] => {
    const here = ours.get(known.id);
    const there = theirs.get(known.id);
    // Given up on both sides: no money.
    if (here?.state !== "committed" && there?.state !== "committed") {
      if (here?.state !== "open" && there?.state !== "open") return [];
    }
    const agreed = (bank: string) =>
      known.branches.find((branch) => branch.bank === bank)?.clearingCentavos ?? 0;
    const line = {
      transactionId: known.id,
      bank: other,
      at: begunAt(known.id),
      here: sideOf(here),
      there: told === undefined ? null : sideOf(there),
      agreedHereCentavos: agreed(self),
      agreedThereCentavos: agreed(other),
    };
    return [{ ...line, result: resultOf(line, here, told === undefined ? null : there) }];
  });
}

function sideOf(share: KnownShare | undefined): MatchLine["here"] {
  return share === undefined
    ? NOTHING
    : { state: share.state, postedCentavos: share.postedCentavos };
}

function resultOf(
  line: Omit<MatchLine, "result">,
  here: KnownShare | undefined,
  there: KnownShare | undefined | null,
): MatchLine["result"] {
  const isPostedHere = here?.postedCentavos === line.agreedHereCentavos;
  if (there === null) {
    return here?.state === "committed" && !isPostedHere ? "amounts-differ" : "unknown";
  }
  if (here === undefined) return "missing-here";
  if (there === undefined) return "missing-there";
  if (here.state === "open" || there.state === "open") return "open";
  if (here.state !== there.state) return "outcomes-differ";
  const isSame = here.hash === there.hash && isPostedHere;
  return isSame && there.postedCentavos === line.agreedThereCentavos ? "matched" : "amounts-differ";
}
