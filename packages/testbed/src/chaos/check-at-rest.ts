import { join } from "node:path";
import { checkLaws } from "../laws/index.ts";
import { checkCertificates } from "./check-certificates.ts";
import { checkJournals, checkSums, lastWord, type Told } from "./check-journals.ts";
import { openJournal, type Reply } from "./journal.ts";
import { checkLinearizable } from "./linearizable.ts";
import { getTransfer, perform, resultOf } from "./perform.ts";
import { readAlarms } from "./reached.ts";
import { readFacts } from "./read-facts.ts";
import { counterOf, eachOf, type Run, tellAll } from "./run.ts";
import { sentencesOf } from "./settle.ts";
import type { Counter } from "./teller.ts";

/** Keys without an outcome are asked again, as their client would: unknown becomes known (I4). */
export async function askForTheRest(run: Run): Promise<void> {
  const told = await tellAll(run);
  const path = join(run.options.dataDir, "journals", `rest-${run.journals.length}.jsonl`);
  const journal = await openJournal(path);
  run.journals.push(path);
  const counter = counterOf(run.world);
  const unknown = [...told.values()].filter((one) => {
    const word = lastWord(one);
    const isOver = word !== undefined && word.outcome !== "open";
    return !isOver && one.operation.kind !== "read";
  });
  await eachOf(unknown, async (one) => {
    const reply = await askAgain(one, counter, run);
    if (reply !== undefined) await journal.append(reply);
  });
  await journal.close();
}

async function askAgain(one: Told, counter: Counter, run: Run): Promise<Reply | undefined> {
  const { key, operation } = one;
  const url = run.random.pick(counter.urlsOf(operation.bank));
  const door = { url, token: counter.tokenOf(operation.bank) };
  const asked = await perform(door, operation, { key, waitMs: 10_000, timeoutMs: 20_000 });
  run.tally.add("unknown outcome asked again");
  const base = { event: "replied", key, at: run.now() } as const;
  if (asked.kind === "refused") return { ...base, outcome: "refused", code: asked.code };
  if (asked.kind === "answer") return { ...base, ...asked.value };
  run.violations.push(`I4: at rest ${operation.bank} gives no outcome for ${key}: ${asked.why}`);
  return undefined;
}

/** Holds every law and every promise that was made against the books, with nothing under way. */
export async function checkAtRest(run: Run): Promise<void> {
  const { world, violations, options, tally } = run;
  violations.push(...sentencesOf(await checkLaws(world.books, { atRest: true })));
  tally.add("laws checked at rest");
  const told = await tellAll(run);
  const facts = await readFacts(world);
  const isOurs = (key: string) => key.startsWith(`t${options.seed}:`);
  violations.push(...checkJournals(told, facts, isOurs));
  violations.push(...checkSums(told, facts, run.accounts));
  violations.push(...checkLinearizable(told, facts));
  violations.push(...(await checkCertificates(world)));
  violations.push(...(await readAlarms(world)).map((alarm) => `alarm: ${alarm}`));
  await checkStatuses(run, told);
}

/** I5: what was told decided is still told so, by whichever process is asked. */
async function checkStatuses(run: Run, told: ReadonlyMap<string, Told>): Promise<void> {
  const decided = [...told.values()].filter((one) => lastWord(one)?.transaction !== undefined);
  const counter = counterOf(run.world);
  await eachOf(run.random.sample(decided, 100), async (one) => {
    const word = lastWord(one);
    if (word?.transaction === undefined) return;
    const url = run.random.pick(counter.urlsOf(one.operation.bank));
    const seen = await getTransfer(
      { url, token: counter.tokenOf(one.operation.bank) },
      word.transaction,
    );
    const state = seen.kind === "answer" ? resultOf(seen.value).outcome : seen.kind;
    if (state !== word.outcome) {
      run.violations.push(`I5: ${one.key} was told ${word.outcome} and is now ${state}`);
    }
  });
}
