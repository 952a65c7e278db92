import { readFile } from "node:fs/promises";
import { readBank, splitBank } from "../arguments/references.ts";
import { readKey, readWhole } from "../arguments/scalars.ts";
import { readSides } from "../arguments/sides.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { WrongUsage } from "../exit.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { transferLines } from "../transfers/transfer-lines.ts";
import type { KeyOption } from "./drawers.ts";
import { given, readWord } from "./read.ts";
import { tellList, tellOne } from "./tell.ts";

export interface PlanOptions extends KeyOption {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly at: string;
  readonly every?: string;
  readonly times?: string;
  readonly retry?: string;
  readonly purpose?: string;
  readonly coordinator?: string;
}

const TIMES_MAX = 1_000;
const RETRY_MINUTES_MAX = 10_080;
const IMPORT_TIMEOUT_MS = 60_000;

/** Plans a transfer for later at the bank that pays first. @throws Refused */
export async function createPlan(session: Session, options: PlanOptions): Promise<Told> {
  const { language } = session;
  const sides = readSides(options.from, options.to, language);
  const idempotencyKey = readKey(options.key, language);
  const bank = readBank(options.coordinator ?? sides.from[0]?.bank ?? "", language);
  const words = ["once", "day", "week", "month"] as const;
  const every = readWord(options.every ?? "once", words, language);
  const whole = (text: string | undefined, least: number, most: number) =>
    text === undefined ? undefined : readWhole(text, [least, most], language);
  const transfer = {
    from: [...sides.from],
    to: [...sides.to],
    purpose: options.purpose ?? "",
  };
  const plan = {
    idempotencyKey,
    transfer,
    firstAt: options.at,
    every,
    ...given("occurrences", whole(options.times, 1, TIMES_MAX)),
    ...given("retryMinutes", whole(options.retry, 5, RETRY_MINUTES_MAX)),
  };
  const answer = await askBank(session.consortium(), bank, (api) => api.plans.create.mutate(plan), {
    key: idempotencyKey,
  });
  return tellOne(session, answer.plan, { ...answer, idempotencyKey });
}

/** Planned transfers of a bank, newest first. */
export async function listPlans(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) => api.plans.list.query({}));
  const plans = answer.plans.map((plan) => ({
    ...plan,
    amountCentavos: plan.transfer.from.reduce((sum, side) => sum + side.amountCentavos, 0),
    refusal: plan.happenings[0]?.refusal ?? null,
  }));
  const columns = ["id", "firstAt", "every", "status", "amountCentavos", "refusal"] as const;
  return tellList(session, plans, columns, answer);
}

/** Cancels a plan. @throws Refused */
export async function cancelPlan(
  session: Session,
  reference: string,
  options: KeyOption,
): Promise<Told> {
  const { bank, rest: id } = splitBank(reference, "BANK/ID", session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.plans.cancel.mutate({ idempotencyKey, id }),
    { key: idempotencyKey },
  );
  return tellOne(session, answer.plan, { ...answer, idempotencyKey });
}

/** Takes a committed transfer back. @throws Refused */
export async function reverseTransfer(
  session: Session,
  reference: string,
  options: KeyOption & { readonly reason: string },
): Promise<Told> {
  const { bank, rest: id } = splitBank(reference, "BANK/ID", session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const { reason } = options;
  const { transfer } = await askBank(
    session.consortium(),
    bank,
    (api) => api.transfers.reverse.mutate({ idempotencyKey, id, reason }),
    { key: idempotencyKey },
  );
  const told = { json: { transfer, idempotencyKey }, lines: transferLines(transfer, session) };
  if (transfer.state === "committed") return told;
  const isAborted = transfer.state === "aborted";
  return { ...told, exit: isAborted ? 1 : 3, refusal: transfer.refusal ?? undefined };
}

export interface ImportOptions extends KeyOption {
  readonly preview?: boolean;
  readonly skip?: boolean;
}

/** Imports transfers from a file as a job, or shows what would become of each line. */
export async function importTransfers(
  session: Session,
  [bankText, path]: readonly [string, string],
  options: ImportOptions,
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const csv = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new WrongUsage(session.language.texts.counter.badValue(path), { cause });
  });
  const asking = { timeoutMs: IMPORT_TIMEOUT_MS };
  if (options.preview === true) {
    const answer = await askBank(
      session.consortium(),
      bank,
      (api) => api.transfers.previewImport.mutate({ csv }),
      asking,
    );
    const lines = answer.lines.map((line) => ({
      ...line,
      amountCentavos: line.transfer?.from[0]?.amountCentavos ?? null,
    }));
    return tellList(session, lines, ["line", "amountCentavos", "status", "refusal"], answer);
  }
  const idempotencyKey = readKey(options.key, session.language);
  const skipUnreadable = options.skip === true;
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.transfers.startImport.mutate({ idempotencyKey, csv, label: path, skipUnreadable }),
    { key: idempotencyKey, ...asking },
  );
  return tellOne(session, answer.job, { ...answer, idempotencyKey });
}

/** Long work of a bank, newest first. */
export async function listJobs(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) => api.jobs.list.query({}));
  const columns = ["id", "kind", "label", "status", "percent", "done", "failed", "total"] as const;
  return tellList(session, answer.jobs, columns, answer);
}

/** How far a job is, and what became of its lines. */
export async function showJob(session: Session, reference: string): Promise<Told> {
  const { bank, rest: id } = splitBank(reference, "BANK/ID", session.language);
  const answer = await askBank(session.consortium(), bank, (api) => api.jobs.get.query({ id }));
  const one = tellOne(session, answer.job, answer);
  const columns = ["position", "status", "subject", "refusal"] as const;
  const { lines } = tellList(session, answer.items, columns, answer);
  return { ...one, lines: [...one.lines.slice(1), ...lines] };
}

/** Stops a job between two lines. @throws Refused */
export async function cancelJob(
  session: Session,
  reference: string,
  options: KeyOption,
): Promise<Told> {
  const { bank, rest: id } = splitBank(reference, "BANK/ID", session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.jobs.cancel.mutate({ idempotencyKey, id }),
    { key: idempotencyKey },
  );
  return tellOne(session, answer.job, { ...answer, idempotencyKey });
}
