import type { Answers } from "../consortium/ask-banks.ts";
import { silenceNotes } from "../consortium/ask-banks.ts";
import type { Session } from "../session.ts";
import { table } from "./layout.ts";
import type { Told } from "./told.ts";

type Columns = Parameters<typeof table>[0];

/** A list over one bank or all: with all, each bank has its own next page. */
export function toldPages<Item>(
  session: Session,
  answers: Answers<{ readonly items: readonly Item[]; readonly nextCursor: string | null }>,
  layout: {
    readonly name: string;
    readonly columns: Columns;
    readonly row: (item: Item) => readonly string[];
    /** Newest first over several banks. */
    readonly newest?: (item: Item) => string;
  },
): Told {
  const { newest } = layout;
  const items = answers.answered.flatMap(({ answer }) => answer.items);
  const ordered =
    newest === undefined ? items : items.toSorted((a, b) => newest(b).localeCompare(newest(a)));
  const cursors = Object.fromEntries(
    answers.answered.flatMap(({ bank, answer }) =>
      answer.nextCursor === null ? [] : [[bank, answer.nextCursor]],
    ),
  );
  const { says } = session.language.texts;
  const more = Object.entries(cursors).map(([bank, cursor]) => `${bank}  ${says.more(cursor)}`);
  return {
    json: { [layout.name]: ordered, nextCursors: cursors, silent: answers.silent },
    lines: [
      ...(ordered.length === 0 ? [says.nothing] : table(layout.columns, ordered.map(layout.row))),
      ...more,
    ],
    ...(answers.silent.length > 0
      ? { exit: 3 as const, notes: silenceNotes(answers.silent, session) }
      : {}),
  };
}
