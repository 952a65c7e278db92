import type { ApprovalView } from "@pacto/contract";
import { type PageOptions, readPage } from "../arguments/page.ts";
import { readBank, splitBank } from "../arguments/references.ts";
import { readKey } from "../arguments/scalars.ts";
import { askBank } from "../consortium/ask-bank.ts";
import type { KeyOption } from "../counter/drawers.ts";
import { facts, table } from "../output/layout.ts";
import { moment } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

export interface ListApprovalsOptions extends PageOptions {
  readonly all?: boolean;
}

/** What takes two persons at a bank, newest first. */
export async function listApprovals(
  session: Session,
  bankText: string,
  options: ListApprovalsOptions,
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const page = { openOnly: options.all !== true, ...readPage(options, language) };
  const answer = await askBank(session.consortium(), bank, (api) => api.approvals.list.query(page));
  const { approvals: says, says: all } = language.texts;
  const rows = answer.approvals.map((one) => [
    ...[one.id, one.request.kind, says.statuses[one.status]],
    ...[one.madeByName, moment(one.madeAt), one.reason],
  ]);
  const { id, what, status, by, at, reason } = says.columns;
  return {
    json: answer,
    lines: [
      ...(rows.length === 0 ? [all.nothing] : table([id, what, status, by, at, reason], rows)),
      ...(answer.nextCursor === null ? [] : [all.more(answer.nextCursor)]),
    ],
  };
}

/** One request with exactly what would be done. @throws Refused */
export async function showApproval(session: Session, reference: string): Promise<Told> {
  const { bank, rest: id } = splitBank(reference, "BANK/ID", session.language);
  const { approval } = await askBank(session.consortium(), bank, (api) =>
    api.approvals.get.query({ id }),
  );
  return tellApproval(session, approval);
}

export type Decision = "approve" | "reject" | "withdraw";

export interface DecideOptions extends KeyOption {
  readonly as?: string;
  readonly note?: string;
}

/** Decides about a request as it reads now; approved, it is done at once. @throws Refused */
export async function decideApproval(
  session: Session,
  decision: Decision,
  reference: string,
  options: DecideOptions,
): Promise<Told> {
  const { bank, rest: id } = splitBank(reference, "BANK/ID", session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const consortium = session.consortium();
  const { approval } = await askBank(consortium, bank, (api) => api.approvals.get.query({ id }));
  const note = options.note ?? "";
  const answer = await askBank(
    consortium,
    bank,
    (api) => {
      const asked = { idempotencyKey, id };
      if (decision === "withdraw") return api.approvals.withdraw.mutate(asked);
      if (decision === "reject") return api.approvals.reject.mutate({ ...asked, note });
      return api.approvals.approve.mutate({ ...asked, hash: approval.hash, note });
    },
    { key: idempotencyKey, person: options.as },
  );
  const told = tellApproval(session, answer.approval);
  const { refusal } = answer.approval;
  return refusal === null ? told : { ...told, exit: 1, refusal };
}

function tellApproval({ language }: Session, approval: ApprovalView): Told {
  const { columns, statuses } = language.texts.approvals;
  return {
    json: { approval },
    lines: facts([
      [columns.id, approval.id],
      [columns.what, approval.request.kind],
      [columns.asked, JSON.stringify(approval.request.payload)],
      [columns.status, statuses[approval.status]],
      [columns.by, approval.madeByName],
      [columns.at, moment(approval.madeAt)],
      [columns.reason, approval.reason],
      [columns.until, moment(approval.expiresAt)],
      [columns.decidedBy, approval.decidedBy],
    ]),
  };
}
