import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { readBank } from "../arguments/references.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { WrongUsage } from "../exit.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

/** First line of an export: what the lines after it are. */
export const EXPORT_FORM = "audit-export/1";

/** Writes a bank's whole chain, a block a line, for `pacto audit verify FILE`. @throws WrongUsage */
export async function exportChain(
  session: Session,
  bankText: string,
  { output }: { readonly output: string },
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const path = resolve(output);
  const file = await open(path, "w", 0o600).catch((cause: unknown) => {
    throw new WrongUsage(language.texts.audit.notWritten(path), { cause });
  });
  let [blocks, rows] = [0, 0];
  try {
    await file.write(`${JSON.stringify({ pacto: EXPORT_FORM, bank })}\n`);
    let from: number | null = 1;
    while (from !== null) {
      const start: number = from;
      // oxlint-disable-next-line no-await-in-loop -- page after page
      const page = await askBank(session.consortium(), bank, (api) =>
        api.audit.export.query({ from: start }),
      );
      const lines = page.blocks.map((block) => `${JSON.stringify(block)}\n`);
      // oxlint-disable-next-line no-await-in-loop -- in order
      await file.write(lines.join(""));
      blocks += page.blocks.length;
      rows += page.blocks.reduce((sum, { signed }) => sum + signed.head.size, 0);
      from = page.next;
    }
  } finally {
    await file.close();
  }
  const lines = [language.texts.audit.written(path, blocks, rows)];
  return { json: { path, bank, blocks, rows }, lines };
}
