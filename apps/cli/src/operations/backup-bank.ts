import type * as controls from "@pacto/testbed/control";
import { readBank } from "../arguments/references.ts";
import { memberOf } from "../consortium/consortium.ts";
import { table } from "../output/layout.ts";
import { moment } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import { reachControl } from "../programs/reach-control.ts";
import type { Session } from "../session.ts";

type Control = typeof controls;
type Backups = Awaited<ReturnType<Control["listBackups"]>>;

/** Copies a bank's database on its server. @throws Unreachable when no consortium runs here */
export async function backUpBank(session: Session, bankText: string): Promise<Told> {
  const { id, backups } = await ask(session, bankText, (control, bank) =>
    control.makeBackup(session.dataDir, bank),
  );
  const { operations: says } = session.language.texts;
  const newest = backups.find(({ kind }) => kind === "backup");
  const name = newest?.name ?? "";
  return { json: { bank: id, backup: newest }, lines: [says.backedUp(id, name)] };
}

export async function listBackups(session: Session, bankText: string): Promise<Told> {
  const { id, backups } = await ask(session, bankText, (control, bank) =>
    control.listBackups(session.dataDir, bank),
  );
  const { columns: head, operations: says, says: common } = session.language.texts;
  const rows = backups.map(({ name, createdAt, bytes, kind }) => [
    ...[name, moment(createdAt), megabytes(bytes, session), says.kinds[kind]],
  ]);
  const columns = [says.backupHead, head.at, { right: says.size }, says.kindHead];
  return {
    json: { bank: id, backups },
    lines: rows.length === 0 ? [common.nothing] : table(columns, rows),
  };
}

/** Puts a copy in place of the bank's database; the bank then learns from the others (R48). */
export async function restoreBank(
  session: Session,
  [bankText, name]: readonly [string, string],
): Promise<Told> {
  const { id, backups } = await ask(session, bankText, (control, bank) =>
    control.restoreBackup(session.dataDir, bank, name),
  );
  const { operations: says } = session.language.texts;
  const aside = backups.find(({ kind }) => kind === "replaced");
  return {
    json: { bank: id, restored: name, putAside: aside ?? null },
    lines: [
      says.restored(id, name),
      ...(aside === undefined ? [] : [says.putAside(aside.name)]),
      says.learns(id),
      says.notLearned,
    ],
  };
}

async function ask(
  session: Session,
  bankText: string,
  question: (control: Control, bank: string) => Promise<Backups>,
): Promise<{ readonly id: string; readonly backups: Backups }> {
  const { id } = memberOf(session.consortium(), readBank(bankText, session.language));
  return { id, backups: await reachControl(session, (control) => question(control, id)) };
}

function megabytes(bytes: number, { language }: Session): string {
  return `${(bytes / 1_000_000).toLocaleString(language.locale, { maximumFractionDigits: 1 })} MB`;
}
