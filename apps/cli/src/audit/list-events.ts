import { writeFile } from "node:fs/promises";
import { type PageOptions, readPage } from "../arguments/page.ts";
import { readBank } from "../arguments/references.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { askBanks } from "../consortium/ask-banks.ts";
import { toldPages } from "../output/pages.ts";
import { moment } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

interface Filter {
  readonly actor?: string;
  readonly action?: string;
  readonly home?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly to?: string;
  readonly search?: string;
}

export interface EventOptions extends Filter, PageOptions {
  readonly csv?: string;
}

/** What was done at one bank or at all, or one bank's events as a file. */
export async function listEvents(
  session: Session,
  bankText: string | undefined,
  options: EventOptions,
): Promise<Told> {
  const { language } = session;
  const bank = bankText === undefined ? undefined : readBank(bankText, language);
  const filter = readFilter(options);
  if (options.csv !== undefined && bank !== undefined) {
    return saveEvents(session, bank, filter, options.csv);
  }
  const page = readPage(options, language);
  const answers = await askBanks(session, bank, async (api) => {
    const { events, ...rest } = await api.audit.events.query({ ...filter, ...page });
    return { ...rest, items: events };
  });
  const { columns } = language.texts.audit;
  return toldPages(session, answers, {
    name: "events",
    columns: [columns.at, columns.actor, columns.action, columns.subject, columns.address],
    row: ({ at, actor, action, subject, address }) => [
      ...[moment(at), actor, action, subject, address ?? "—"],
    ],
    newest: ({ at }) => at,
  });
}

function readFilter({ actor, action, home, subject, from, to, search }: Filter) {
  return {
    ...(actor === undefined ? {} : { actor }),
    ...(action === undefined ? {} : { action }),
    ...(home === undefined ? {} : { bank: home }),
    ...(subject === undefined ? {} : { subject }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(search === undefined ? {} : { text: search }),
  };
}

async function saveEvents(
  session: Session,
  bank: string,
  filter: ReturnType<typeof readFilter>,
  path: string,
): Promise<Told> {
  const question = askBank(session.consortium(), bank, (api) =>
    api.audit.exportEvents.query(filter),
  );
  const { csv, lines, isComplete } = await question;
  await writeFile(path, csv, { mode: 0o600 });
  const { audit } = session.language.texts;
  return {
    json: { path, lines, isComplete },
    lines: [audit.eventsWritten(path, lines)],
    ...(isComplete ? {} : { notes: [audit.truncated] }),
  };
}
