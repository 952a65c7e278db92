import { saoPauloDate } from "@pacto/banking";
import type { ReportFileInput, SettlementView } from "@pacto/contract";
import { readAccountReference, readBank, splitBank } from "../arguments/references.ts";
import { readKey } from "../arguments/scalars.ts";
import { askBank } from "../consortium/ask-bank.ts";
import type { KeyOption } from "../counter/drawers.ts";
import { given } from "../counter/read.ts";
import { tellList, tellOne } from "../counter/tell.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { type FileOptions, saveReport } from "./files.ts";

export interface DayOptions extends FileOptions {
  readonly from?: string;
  readonly to?: string;
}

const SETTLE_TIMEOUT_MS = 30_000;
const MATCH_TIMEOUT_MS = 60_000;

/** The report as a file when one is asked for; nothing when it is to be shown. */
function asFile(
  session: Session,
  bank: string,
  report: ReportFileInput["report"],
  options: FileOptions,
): Promise<Told> | undefined {
  const isFile = options.format !== undefined || options.out !== undefined;
  return isFile ? saveReport(session, bank, report, options) : undefined;
}

function today(): string {
  return saoPauloDate(new Date());
}

/** The days asked for: this month until today unless they are named. */
export function readDays({ from, to }: DayOptions) {
  const last = to ?? today();
  return { from: from ?? `${last.slice(0, 8)}01`, to: last };
}

/** What an account's entries of some days sum to. @throws Refused */
export async function reportAccount(
  session: Session,
  reference: string,
  options: DayOptions,
): Promise<Told> {
  const { bank, account: number } = readAccountReference(reference, session.language);
  const asked = { number, ...readDays(options) };
  const file = asFile(session, bank, { kind: "statement", ...asked }, options);
  if (file !== undefined) return file;
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.reports.account.query(asked),
  );
  return withKinds(session, answer, answer.byKind);
}

interface KindTotal {
  readonly kind: string;
  readonly count: number;
  readonly creditsCentavos: number;
  readonly debitsCentavos: number;
}

function withKinds(session: Session, report: object, byKind: readonly KindTotal[]): Told {
  const { words } = session.language.texts;
  const rows = byKind.map((one) => ({
    ...one,
    kind: Object.hasOwn(words, one.kind) ? words[one.kind as keyof typeof words] : one.kind,
    count: String(one.count),
  }));
  const columns = ["kind", "count", "creditsCentavos", "debitsCentavos"] as const;
  const list = tellList(session, rows, columns, report);
  return { ...list, lines: [...tellOne(session, report).lines.slice(1), ...list.lines] };
}

/** One day of the whole bank. @throws Refused */
export async function reportDay(
  session: Session,
  [bankText, day]: readonly [string, string | undefined],
  options: FileOptions,
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const on = day ?? today();
  const file = asFile(session, bank, { kind: "day", on }, options);
  if (file !== undefined) return file;
  const answer = await askBank(session.consortium(), bank, (api) => api.reports.day.query({ on }));
  return withKinds(session, answer, answer.byKind);
}

/** All balances of a bank's books, now or at an instant. */
export async function trialBalance(
  session: Session,
  bankText: string,
  options: FileOptions & { readonly at?: string },
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const at = given("at", options.at);
  const file = asFile(session, bank, { kind: "trial-balance", ...at }, options);
  if (file !== undefined) return file;
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.reports.trialBalance.query(at),
  );
  const { debitCentavos, creditCentavos } = answer;
  const sum = { account: "=", debitCentavos, creditCentavos };
  return tellList(
    session,
    [...answer.lines, sum],
    ["account", "debitCentavos", "creditCentavos"],
    answer,
  );
}

/** Every bank's position towards the others, as one bank sees them. */
export async function showPositions(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) => api.reports.positions.query());
  const rows = answer.positions.map((one) => ({ ...one, open: String(one.open ?? "—") }));
  return tellList(session, rows, ["bank", "positionCentavos", "open"], answer);
}

function tellSettlement(session: Session, settlement: SettlementView, json: unknown): Told {
  const list = tellList(session, settlement.positions, ["bank", "positionCentavos"], json);
  return { ...list, lines: [...tellOne(session, settlement).lines.slice(1), ...list.lines] };
}

/** Posts every bank's position to zero against its reserves, all or nothing. @throws Refused */
export async function settle(
  session: Session,
  bankText: string,
  options: KeyOption,
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.reports.settle.mutate({ idempotencyKey }),
    { key: idempotencyKey, timeoutMs: SETTLE_TIMEOUT_MS },
  );
  return tellSettlement(session, answer.settlement, { ...answer, idempotencyKey });
}

/** Settlement runs, newest first. */
export async function listSettlements(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.reports.settlements.query({}),
  );
  return tellList(session, answer.settlements, ["id", "at", "state", "settledCentavos"], answer);
}

/** One settlement run: on the screen, or as a file. @throws Refused */
export async function showSettlement(
  session: Session,
  reference: string,
  options: FileOptions,
): Promise<Told> {
  const { bank, rest: id } = splitBank(reference, "BANK/ID", session.language);
  const file = asFile(session, bank, { kind: "settlement", id }, options);
  if (file !== undefined) return file;
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.reports.settlement.query({ id }),
  );
  return tellSettlement(session, answer.settlement, answer);
}

/** Both banks' views of each transaction of a day; exit 1 when one does not match. */
export async function matchDay(
  session: Session,
  [bankText, day]: readonly [string, string | undefined],
  options: FileOptions,
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const on = day ?? today();
  const file = asFile(session, bank, { kind: "match", on }, options);
  if (file !== undefined) return file;
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.reports.match.query({ on }),
    { timeoutMs: MATCH_TIMEOUT_MS },
  );
  const columns = ["transactionId", "bank", "at", "result", "amountCentavos"] as const;
  const rows = answer.lines.map((line) => ({
    ...line,
    amountCentavos: line.here.postedCentavos,
  }));
  const list = tellList(session, rows, columns, answer);
  const { matched, unmatched, open, unknown } = answer;
  const head = session.language.texts.office.match({ matched, unmatched, open, unknown });
  return { ...list, lines: [head, ...list.lines], exit: unmatched > 0 ? 1 : 0 };
}
