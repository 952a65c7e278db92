import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { readBank, readTransactionReference } from "../arguments/references.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { WrongUsage } from "../exit.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

/** Prints a receipt, which is JSON for people too, or writes it to a file. */
export async function showReceipt(
  session: Session,
  [bankText, idText]: readonly [string, string],
  { output }: { readonly output?: string },
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const { id } = readTransactionReference(idText, language);
  const question = askBank(session.consortium(), bank, (api) =>
    api.transfers.receipt.query({ id }),
  );
  const { receipt } = await question;
  if (output === undefined) return { json: receipt, lines: [JSON.stringify(receipt, null, 2)] };
  const path = await saveJson(session, output, receipt);
  return { json: { file: path }, lines: [language.texts.receipts.written(path)] };
}

/** Writes a JSON file for its owner's eyes: account numbers are in it. @throws WrongUsage */
export async function saveJson(
  { language }: Session,
  output: string,
  content: object,
): Promise<string> {
  const path = resolve(output);
  try {
    await writeFile(path, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new WrongUsage(language.texts.receipts.notWritten(path), { cause });
  }
  return path;
}
