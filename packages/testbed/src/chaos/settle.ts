import { checkLaws, type LawReport, violationSentence } from "../laws/index.ts";
import { withClient } from "../postgres/bank-database.ts";
import { waitUntil } from "../processes/wait-until.ts";
import type { World } from "./world.ts";

/** What is still open at one bank. */
export interface OpenWork {
  readonly bank: string;
  /** Begin rows that are undecided or not settled. */
  readonly coordinating: number;
  /** Branches that wait for a decision. */
  readonly inDoubt: number;
  readonly holds: number;
}

const OPEN = `
  SELECT (SELECT count(*) FROM global_transaction WHERE NOT settled)::int AS coordinating,
         (SELECT count(*) FROM branch WHERE state = 'prepared')::int AS "inDoubt",
         (SELECT count(*) FROM hold WHERE status = 'placed')::int AS holds`;

/** What is open at each bank, read from its database. */
export async function readOpenWork(world: World, banks = world.banks): Promise<OpenWork[]> {
  return Promise.all(
    banks.map((bank) =>
      withClient(world.booksOf(bank), async (client) => {
        const { rows } = await client.query<Omit<OpenWork, "bank">>(OPEN);
        return { bank, coordinating: 0, inDoubt: 0, holds: 0, ...rows[0] };
      }),
    ),
  );
}

/** What is still open when the time is over; an empty list when all is settled (I3). */
export async function untilSettled(
  world: World,
  options: { readonly withinMs: number; readonly banks?: readonly string[] },
): Promise<OpenWork[]> {
  let open: OpenWork[] = [];
  await waitUntil(
    async () => {
      open = (await readOpenWork(world, options.banks)).filter(
        ({ coordinating, inDoubt, holds }) => coordinating + inDoubt + holds > 0,
      );
      return open.length === 0;
    },
    { timeoutMs: options.withinMs, everyMs: 100 },
  );
  return open;
}

/** Sentences of every broken law; none when all hold. */
export async function brokenLaws(
  world: World,
  options: { readonly atRest: boolean },
): Promise<string[]> {
  return sentencesOf(await checkLaws(world.books, options));
}

/** Each violation as a sentence. */
export function sentencesOf(reports: readonly LawReport[]): string[] {
  return reports.flatMap(({ id, rule, violations }) =>
    violations.map((violation) => `${rule} ${id}: ${violationSentence(violation, "en")}`),
  );
}
