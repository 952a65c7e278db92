import { readAmount } from "../../arguments/amount.ts";
import { readAccountReference, readBank } from "../../arguments/references.ts";
import { readWhole } from "../../arguments/scalars.ts";
import { askBank } from "../../consortium/ask-bank.ts";
import { given, readWord } from "../../counter/read.ts";
import { tellList } from "../../counter/tell.ts";
import type { Told } from "../../output/told.ts";
import type { Session } from "../../session.ts";
import { change, type Keyed, readId } from "../change.ts";
import { readTarget } from "../target.ts";

const OCCURRENCES_MAX = 1_000;

export const EVERY = ["once", "week", "month", "quarter", "half-year", "year"] as const;

export interface ScheduleOptions extends Keyed {
  readonly on: string;
  readonly every?: string;
  readonly times?: string;
  readonly description?: string;
}

/** `pacto pix schedule create`. */
export function createSchedule(
  session: Session,
  [reference, target, amount]: readonly [string, string, string],
  options: ScheduleOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, account } = readAccountReference(reference, language);
  const times =
    options.times === undefined
      ? undefined
      : readWhole(options.times, [1, OCCURRENCES_MAX], language);
  const wish = {
    account,
    to: readTarget(session, target),
    firstOn: options.on,
    amountCentavos: readAmount(amount, language),
    description: options.description ?? "",
    every: readWord(options.every ?? "once", EVERY, language),
    ...given("occurrences", times),
  };
  return change(session, {
    bank,
    options,
    send: (api, idempotencyKey) => api.pix.schedules.create.mutate({ idempotencyKey, ...wish }),
    thing: ({ schedule }) => schedule,
  });
}

/** `pacto pix schedule cancel`. */
export function cancelSchedule(session: Session, reference: string, options: Keyed): Promise<Told> {
  const { bank, id } = readId(session, reference);
  return change(session, {
    bank,
    options,
    send: (api, idempotencyKey) => api.pix.schedules.cancel.mutate({ idempotencyKey, id }),
    thing: ({ schedule }) => schedule,
  });
}

/** `pacto pix schedule list`. */
export async function listSchedules(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.pix.schedules.list.query({}),
  );
  const schedules = answer.schedules.map((schedule) => ({
    ...schedule,
    refusal: schedule.happenings[0]?.refusal ?? null,
  }));
  const columns = ["id", "account", "payee", "amountCentavos", "every", "firstOn"] as const;
  return tellList(session, schedules, [...columns, "status", "refusal"], { bank, ...answer });
}
