import type { PixTarget } from "@pacto/contract";
import { readAmount } from "../arguments/amount.ts";
import { readAccountReference, readBank, splitBank } from "../arguments/references.ts";
import { readKey, readWhole } from "../arguments/scalars.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { given, readWord } from "../counter/read.ts";
import { tellList, tellOne } from "../counter/tell.ts";
import { WrongUsage } from "../exit.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

/** A majority of the banks has to agree when a key moves. */
const PATIENCE = { timeoutMs: 40_000 };
const OCCURRENCES_MAX = 1_000;
const OPEN_DAYS_MAX = 90;

export interface Keyed {
  readonly key?: string;
}

interface Sided extends Keyed {
  readonly side?: string;
}

function idOf(session: Session, reference: string) {
  const form = session.language.locale === "en" ? "BANK/ID" : "BANCO/ID";
  const { bank, rest: id } = splitBank(reference, form, session.language);
  return { bank, id };
}

/** A key, or `BANK/ACCOUNT` where the text reads as one. */
function readTarget(session: Session, text: string): PixTarget {
  if (!/^[a-z][a-z0-9-]*\/[0-9]/u.test(text)) return { key: text };
  return readAccountReference(text, session.language);
}

/** `pacto pix claim open`. */
export async function openClaim(
  session: Session,
  [reference, pixKey]: readonly [string, string],
  options: Keyed,
): Promise<Told> {
  const { bank, account } = readAccountReference(reference, session.language);
  const key = readKey(options.key, session.language);
  const wish = { idempotencyKey: key, account, key: pixKey };
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.claims.open.mutate(wish),
    { key, ...PATIENCE },
  );
  return tellOne(session, answer.claim, { bank, ...answer, idempotencyKey: key });
}

/** `pacto pix claim confirm` and `complete`. */
export async function answerClaim(
  session: Session,
  [reference, verb]: readonly [string, "confirm" | "complete"],
  options: Keyed,
): Promise<Told> {
  const { bank, id } = idOf(session, reference);
  const key = readKey(options.key, session.language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.claims[verb].mutate({ idempotencyKey: key, id }),
    { key, ...PATIENCE },
  );
  return tellOne(session, answer.claim, { bank, ...answer, idempotencyKey: key });
}

/** `pacto pix claim cancel`. */
export async function cancelClaim(
  session: Session,
  reference: string,
  options: Sided & { readonly fraud?: boolean },
): Promise<Told> {
  const { bank, id } = idOf(session, reference);
  const key = readKey(options.key, session.language);
  const side = readWord(options.side ?? "", ["claimer", "donor"] as const, session.language);
  const reason = options.fraud === true ? "fraud" : "client";
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.claims.cancel.mutate({ idempotencyKey: key, id, side, reason }),
    { key },
  );
  return tellOne(session, answer.claim, { bank, ...answer, idempotencyKey: key });
}

/** `pacto pix claim list`. */
export async function listClaims(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) => api.pix.claims.list.query({}));
  const columns = ["id", "side", "pixKey", "state", "otherBank", "account", "refusal"] as const;
  const claims = answer.claims.map((claim) => ({ ...claim, pixKey: claim.key }));
  return tellList(session, claims, columns, { bank, ...answer });
}

export interface ScheduleOptions extends Keyed {
  readonly on: string;
  readonly every?: string;
  readonly times?: string;
  readonly description?: string;
}

const EVERY = ["once", "week", "month", "quarter", "half-year", "year"] as const;

/** `pacto pix schedule create`. */
export async function createSchedule(
  session: Session,
  [reference, target, amount]: readonly [string, string, string],
  options: ScheduleOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, account } = readAccountReference(reference, language);
  const key = readKey(options.key, language);
  const times =
    options.times === undefined
      ? undefined
      : readWhole(options.times, [1, OCCURRENCES_MAX], language);
  const wish = {
    ...{ idempotencyKey: key, account, to: readTarget(session, target), firstOn: options.on },
    amountCentavos: readAmount(amount, language),
    description: options.description ?? "",
    every: readWord(options.every ?? "once", EVERY, language),
    ...given("occurrences", times),
  };
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.schedules.create.mutate(wish),
    { key },
  );
  return tellOne(session, answer.schedule, { bank, ...answer, idempotencyKey: key });
}

/** `pacto pix schedule cancel`. */
export async function cancelSchedule(
  session: Session,
  reference: string,
  options: Keyed,
): Promise<Told> {
  const { bank, id } = idOf(session, reference);
  const key = readKey(options.key, session.language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.schedules.cancel.mutate({ idempotencyKey: key, id }),
    { key },
  );
  return tellOne(session, answer.schedule, { bank, ...answer, idempotencyKey: key });
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

export interface MandateOptions extends Keyed {
  readonly fixed?: string;
  readonly ceiling?: string;
  readonly every?: string;
  readonly from: string;
  readonly until?: string;
  readonly description?: string;
}

/** `pacto pix mandate propose`. */
export async function proposeMandate(
  session: Session,
  [receiver, payerText]: readonly [string, string],
  options: MandateOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, account } = readAccountReference(receiver, language);
  const payer = readAccountReference(payerText, language);
  if ((options.fixed === undefined) === (options.ceiling === undefined)) {
    throw new WrongUsage(language.texts.pix.agreements.oneAmount);
  }
  const amount = (text: string | undefined) =>
    text === undefined ? null : readAmount(text, language);
  const key = readKey(options.key, language);
  const terms = {
    ...{ fixedCentavos: amount(options.fixed), ceilingCentavos: amount(options.ceiling) },
    every: readWord(options.every ?? "month", EVERY, language),
    ...{ startsOn: options.from, endsOn: options.until ?? null },
    description: options.description ?? "",
  };
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.mandates.propose.mutate({ idempotencyKey: key, account, payer, terms }),
    { key },
  );
  return tellOne(session, answer.mandate, { bank, ...answer, idempotencyKey: key });
}

/** `pacto pix mandate accept` and `reject`. */
export async function answerMandate(
  session: Session,
  [reference, verb]: readonly [string, "accept" | "reject"],
  options: Keyed,
): Promise<Told> {
  const { bank, id } = idOf(session, reference);
  const key = readKey(options.key, session.language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.mandates[verb].mutate({ idempotencyKey: key, id }),
    { key },
  );
  return tellOne(session, answer.mandate, { bank, ...answer, idempotencyKey: key });
}

/** `pacto pix mandate cancel`. */
export async function cancelMandate(
  session: Session,
  reference: string,
  options: Sided,
): Promise<Told> {
  const { bank, id } = idOf(session, reference);
  const key = readKey(options.key, session.language);
  const side = readWord(options.side ?? "", ["payer", "receiver"] as const, session.language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.mandates.cancel.mutate({ idempotencyKey: key, id, side }),
    { key },
  );
  return tellOne(session, answer.mandate, { bank, ...answer, idempotencyKey: key });
}

/** `pacto pix mandate charge`. */
export async function chargeMandate(
  session: Session,
  [reference, amount]: readonly [string, string],
  options: Keyed & { readonly on: string },
): Promise<Told> {
  const { bank, id } = idOf(session, reference);
  const key = readKey(options.key, session.language);
  const amountCentavos = readAmount(amount, session.language);
  const wish = { idempotencyKey: key, id, amountCentavos, dueOn: options.on };
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.mandates.charge.mutate(wish),
    { key },
  );
  const [charge = {}] = answer.mandate.charges;
  return tellOne(session, charge, { bank, ...answer, idempotencyKey: key });
}

/** `pacto pix mandate list`. */
export async function listMandates(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.pix.mandates.list.query({}),
  );
  const columns = ["id", "side", "state", "receiver", "payer", "refusal"] as const;
  return tellList(session, answer.mandates, columns, { bank, ...answer });
}

export interface RequestOptions extends Keyed {
  readonly description?: string;
  readonly days?: string;
}

/** `pacto pix request send`. */
export async function sendRequest(
  session: Session,
  [reference, target, amount]: readonly [string, string, string],
  options: RequestOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, account } = readAccountReference(reference, language);
  const key = readKey(options.key, language);
  const wish = {
    ...{ idempotencyKey: key, account, payer: readTarget(session, target) },
    amountCentavos: readAmount(amount, language),
    description: options.description ?? "",
    openDays: readWhole(options.days ?? "7", [1, OPEN_DAYS_MAX], language),
  };
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.requests.send.mutate(wish),
    { key },
  );
  return tellOne(session, answer.request, { bank, ...answer, idempotencyKey: key });
}

/** `pacto pix request accept` and `cancel`; exit 1 when it could not be paid. */
export async function answerRequest(
  session: Session,
  [reference, verb]: readonly [string, "accept" | "cancel"],
  options: Keyed,
): Promise<Told> {
  const { bank, id } = idOf(session, reference);
  const key = readKey(options.key, session.language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.requests[verb].mutate({ idempotencyKey: key, id }),
    { key, ...PATIENCE },
  );
  const told = tellOne(session, answer.request, { bank, ...answer, idempotencyKey: key });
  const { state, refusal } = answer.request;
  if (state === "paying") return { ...told, exit: 3 };
  return refusal === null ? told : { ...told, exit: 1, refusal };
}

/** `pacto pix request decline`. */
export async function declineRequest(
  session: Session,
  reference: string,
  options: Keyed & { readonly reason?: string },
): Promise<Told> {
  const { bank, id } = idOf(session, reference);
  const key = readKey(options.key, session.language);
  const wish = { idempotencyKey: key, id, reason: options.reason ?? "" };
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.requests.decline.mutate(wish),
    { key },
  );
  return tellOne(session, answer.request, { bank, ...answer, idempotencyKey: key });
}

/** `pacto pix request list`. */
export async function listRequests(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.pix.requests.list.query({}),
  );
  const columns = ["id", "side", "state", "payee", "payer", "amountCentavos", "refusal"] as const;
  return tellList(session, answer.requests, columns, { bank, ...answer });
}

/** `pacto pix return report`. */
export async function reportReturn(
  session: Session,
  [reference, endToEndId]: readonly [string, string],
  options: Keyed & { readonly why: string; readonly operational?: boolean },
): Promise<Told> {
  const { bank, account } = readAccountReference(reference, session.language);
  const key = readKey(options.key, session.language);
  const reason = options.operational === true ? "BE08" : "FR01";
  const wish = { idempotencyKey: key, account, endToEndId, description: options.why };
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.returns.report.mutate({ ...wish, reason }),
    { key },
  );
  return tellOne(session, answer.return, { bank, ...answer, idempotencyKey: key });
}

/** `pacto pix return show`: where the money went. */
export async function showReturn(session: Session, reference: string): Promise<Told> {
  const { bank, id } = idOf(session, reference);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.pix.returns.get.query({ id }),
  );
  const one = tellOne(session, answer.return, { bank, ...answer });
  const nodes = answer.return.nodes.map((node) => ({
    ...node,
    account: `${"  ".repeat(node.depth)}${node.bank}/${node.account}`,
  }));
  const columns = ["account", "soughtCentavos", "heldCentavos", "state"] as const;
  const { lines } = tellList(session, nodes, columns, answer);
  return { ...one, lines: [...one.lines.slice(1), ...lines] };
}

/** `pacto pix return list` (reported here) and `holds` (blocked here). */
export async function listReturns(
  session: Session,
  [bankText, which]: readonly [string, "list" | "holds"],
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  if (which === "list") {
    const answer = await askBank(session.consortium(), bank, (api) =>
      api.pix.returns.list.query({}),
    );
    const columns = ["id", "account", "amountCentavos", "heldCentavos"] as const;
    return tellList(session, answer.returns, columns, { bank, ...answer });
  }
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.pix.returns.holds.query({}),
  );
  const columns = ["id", "account", "soughtCentavos", "heldCentavos", "state"] as const;
  return tellList(session, answer.holds, columns, { bank, ...answer });
}

/** `pacto pix return accept` and `reject`: an auditor's decision. */
export async function decideReturn(
  session: Session,
  [reference, verb]: readonly [string, "accept" | "reject"],
  options: Keyed & { readonly note: string },
): Promise<Told> {
  const { bank, id } = idOf(session, reference);
  const key = readKey(options.key, session.language);
  const wish = { idempotencyKey: key, id, isAccepted: verb === "accept", note: options.note };
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.returns.decide.mutate(wish),
    { key, ...PATIENCE },
  );
  return tellOne(session, answer.hold, { bank, ...answer, idempotencyKey: key });
}
