import { type PreviewLine, refusalSentence } from "@pacto/contract";
import type { Sides } from "../arguments/sides.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { table } from "../output/layout.ts";
import { money } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

/**
 * Asks every bank what it would decide now, holding and moving nothing. Exit 0 when all would
 * agree, 1 when one would refuse, 3 when one does not answer.
 */
export async function previewTransfer(
  session: Session,
  coordinator: string,
  { from, to }: Sides,
): Promise<Told> {
  const preview = await askBank(session.consortium(), coordinator, (api) =>
    api.transfers.preview.query({ from: [...from], to: [...to] }),
  );
  const { columns: head, says } = session.language.texts;
  const columns = [head.account, head.direction, { right: head.amount }, head.holder, head.answer];
  const lines = table(
    columns,
    preview.lines.map((line) => previewRow(line, session)),
  );
  if (preview.feasible) return { json: preview, lines: [...lines, says.feasible] };
  const refused = preview.lines.find(({ status }) => status === "refused");
  return {
    json: preview,
    lines: [...lines, says.infeasible],
    exit: refused === undefined ? 3 : 1,
    refusal:
      (refused ?? preview.lines.find(({ refusal }) => refusal !== null))?.refusal ?? undefined,
  };
}

function previewRow(line: PreviewLine, { language }: Session): string[] {
  const { words } = language.texts;
  const reason = line.refusal === null ? "" : refusalSentence(line.refusal, language.locale);
  return [
    `${line.bank}/${line.account}`,
    words[line.direction],
    money(line.amountCentavos, language),
    line.holderMasked ?? "",
    reason === "" ? words[line.status] : `${words[line.status]}: ${reason}`,
  ];
}
