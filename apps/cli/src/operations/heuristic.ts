import type { HeuristicRequestView } from "@pacto/contract";
import { readBank, readTransactionReference } from "../arguments/references.ts";
import { askBank, type Asking, type BankApi } from "../consortium/ask-bank.ts";
import { askBanks } from "../consortium/ask-banks.ts";
import { Refused, WrongUsage } from "../exit.ts";
import type { Language } from "../language/language.ts";
import { table } from "../output/layout.ts";
import { toldPages } from "../output/pages.ts";
import { moment } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import { saveJson } from "../receipts/show-receipt.ts";
import type { Session } from "../session.ts";

export interface PersonOptions {
  readonly as?: string;
}

export interface RequestOptions extends PersonOptions {
  readonly outcome: string;
  readonly reason: string;
}

/** The first of two persons asks to force a branch in doubt (R32). @throws Refused */
export async function requestHeuristic(
  session: Session,
  [bankText, idText]: readonly [string, string],
  options: RequestOptions,
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const { id: transactionId } = readTransactionReference(idText, language);
  const outcome = readOutcome(options.outcome, language);
  const reason = readReason(options.reason, language);
  const { request } = await ask(session, bank, options, (api) =>
    api.operations.requestHeuristic.mutate({ transactionId, outcome, reason }),
  );
  const { operations: says } = language.texts;
  const again = `pacto heuristic approve ${bank} ${request.id}`;
  return {
    json: { bank, request },
    lines: [says.requested, `  ${again}`],
  };
}

/** What was asked for at one bank or all. */
export async function listHeuristics(
  session: Session,
  bankText: string | undefined,
): Promise<Told> {
  const { language } = session;
  const bank = bankText === undefined ? undefined : readBank(bankText, language);
  const answers = await askBanks(session, bank, async (api, from) => {
    const { requests } = await api.operations.heuristicRequests.query();
    const items = requests.map((request) => ({ bank: from, ...request }));
    return { items, nextCursor: null };
  });
  const { columns: head, operations: says } = language.texts;
  return toldPages(session, answers, {
    name: "requests",
    columns: [
      ...[head.bank, head.at, says.status, says.outcomeHead, says.by, says.decidedBy],
      ...[head.transaction, says.requestHead, says.reasonHead],
    ],
    row: (it) => [
      ...[it.bank, moment(it.requestedAt), says.statuses[it.status], says.outcomes[it.outcome]],
      ...[it.requestedBy, it.decidedBy ?? "", it.transactionId, it.id, it.reason],
    ],
    newest: (it) => it.requestedAt,
  });
}

/** Another person agrees, which forces the branch, or turns the request down. @throws Refused */
export async function decideHeuristic(
  session: Session,
  [bankText, idText]: readonly [string, string],
  { approve, ...options }: PersonOptions & { readonly approve: boolean },
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const { id: asTyped } = readTransactionReference(idText, language);
  const { request } = await ask(session, bank, options, async (api) => {
    const id = await findOpen(api, asTyped);
    return api.operations.decideHeuristic.mutate({ id, approve });
  });
  const { operations: says } = language.texts;
  const said = request.status === "done" ? says.approved(bank) : says.declined;
  return { json: { bank, request }, lines: [said, ...requestTable(request, language)] };
}

/** The bundle behind a forced branch, as a file for whoever has to judge it later. */
export async function saveEvidence(
  session: Session,
  [bankText, idText]: readonly [string, string],
  { output }: { readonly output?: string },
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const { id } = readTransactionReference(idText, language);
  const evidence = await ask(session, bank, {}, (api) => api.operations.evidence.query({ id }));
  if (output === undefined) return { json: evidence, lines: [JSON.stringify(evidence, null, 2)] };
  const path = await saveJson(session, output, evidence);
  return { json: { file: path }, lines: [language.texts.operations.written(path)] };
}

function ask<Answer>(
  session: Session,
  bank: string,
  { as: person }: PersonOptions,
  question: (api: BankApi) => Promise<Answer>,
): Promise<Answer> {
  const asking: Asking = { person: readPerson(person, session.language) };
  return askBank(session.consortium(), bank, question, asking);
}

/** A request by its own id, or by that of its transfer. @throws Refused `request-not-open` */
async function findOpen(api: BankApi, id: string): Promise<string> {
  const { requests } = await api.operations.heuristicRequests.query();
  const open = requests.filter(({ status }) => status === "open");
  const found = open.find((request) => request.id === id || request.transactionId === id);
  if (found === undefined) throw new Refused("request-not-open");
  return found.id;
}

function requestTable(request: HeuristicRequestView, { texts }: Language): string[] {
  const { operations: says, columns: head } = texts;
  return table(
    [says.outcomeHead, says.by, says.decidedBy, head.transaction, says.reasonHead],
    [
      [
        ...[says.outcomes[request.outcome], request.requestedBy, request.decidedBy ?? ""],
        ...[request.transactionId, request.reason],
      ],
    ],
  );
}

function readOutcome(text: string, { texts }: Language): "commit" | "abort" {
  if (text === "commit" || text === "abort") return text;
  throw new WrongUsage(texts.operations.badOutcome(text));
}

function readReason(text: string, { texts }: Language): string {
  const reason = text.trim();
  if (reason.length >= 10 && reason.length <= 500) return reason;
  throw new WrongUsage(texts.operations.badReason);
}

function readPerson(text: string | undefined, { texts }: Language): string | undefined {
  if (text === undefined || /^[a-z]{1,20}$/.test(text)) return text;
  throw new WrongUsage(texts.operations.badPerson(text));
}
