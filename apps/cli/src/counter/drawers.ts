import { DENOMINATIONS } from "@pacto/contract";
import { readAmount } from "../arguments/amount.ts";
import { readBank } from "../arguments/references.ts";
import { readKey, readWhole } from "../arguments/scalars.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { WrongUsage } from "../exit.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { readWord } from "./read.ts";
import { tellList, tellOne } from "./tell.ts";

export interface KeyOption {
  readonly key?: string;
}

const PIECES_MAX = 1_000_000;

/** Opens the caller's drawer with a float from the vault. @throws Refused */
export async function openDrawer(
  session: Session,
  bankText: string,
  options: KeyOption & { readonly float?: string },
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const idempotencyKey = readKey(options.key, language);
  const floatCentavos = readAmount(options.float ?? "0", language, true);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.cash.openDrawer.mutate({ idempotencyKey, floatCentavos }),
    { key: idempotencyKey },
  );
  return tellOne(session, answer.drawer, { ...answer, idempotencyKey });
}

/** Closes the caller's drawer by what was counted: `50,00x3 0,50x17`. @throws Refused */
export async function closeDrawer(
  session: Session,
  [bankText = "", ...counted]: readonly string[],
  options: KeyOption,
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const idempotencyKey = readKey(options.key, language);
  const count = counted.map((text) => readPieces(text, session));
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.cash.closeDrawer.mutate({ idempotencyKey, count }),
    { key: idempotencyKey },
  );
  return tellOne(session, answer.session, { ...answer, idempotencyKey });
}

function readPieces(text: string, { language }: Session) {
  const [value = "", pieces = ""] = text.split("x");
  const centavos = readAmount(value, language);
  const valueCentavos = DENOMINATIONS.find((each) => each === centavos);
  if (valueCentavos === undefined) throw new WrongUsage(language.texts.counter.badValue(text));
  return { valueCentavos, pieces: readWhole(pieces, [0, PIECES_MAX], language) };
}

/** Hands cash over to another teller. @throws Refused */
export async function handOver(
  session: Session,
  [to, amount]: readonly [string, string],
  options: KeyOption,
): Promise<Told> {
  const { language } = session;
  const bank = readBank(to.split("/")[0] ?? "", language);
  const idempotencyKey = readKey(options.key, language);
  const amountCentavos = readAmount(amount, language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.cash.handOver.mutate({ idempotencyKey, to, amountCentavos }),
    { key: idempotencyKey },
  );
  return tellOne(session, answer, { ...answer, idempotencyKey });
}

/** Drawers of all tellers, newest first, and what lies in the vault. */
export async function listDrawers(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) => api.cash.drawers.query({}));
  const { lines } = tellOne(session, { vaultCentavos: answer.vaultCentavos });
  const columns = [
    ...(["teller", "openedAt", "closedAt", "openingCentavos"] as const),
    ...(["expectedCentavos", "countedCentavos", "differenceCentavos"] as const),
  ];
  const list = tellList(session, answer.sessions, columns, answer);
  return { ...list, lines: [...lines.slice(1), ...list.lines] };
}

/** Brings cash into the vault, or back to the reserves. @throws Refused */
export async function moveVault(
  session: Session,
  [bankText, directionText, amount]: readonly [string, string, string],
  options: KeyOption & { readonly reason: string },
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const direction = readWord(directionText, ["in", "out"], language);
  const idempotencyKey = readKey(options.key, language);
  const amountCentavos = readAmount(amount, language);
  const { reason } = options;
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.cash.moveVault.mutate({ idempotencyKey, direction, amountCentavos, reason }),
    { key: idempotencyKey },
  );
  return tellOne(session, answer, { ...answer, idempotencyKey });
}
