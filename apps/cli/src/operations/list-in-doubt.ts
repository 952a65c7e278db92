import { readBank } from "../arguments/references.ts";
import { askBanks } from "../consortium/ask-banks.ts";
import { toldPages } from "../output/pages.ts";
import { duration, moment, money } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { silentBanks } from "./silent-banks.ts";
import { whatNext } from "./what-next.ts";

/**
 * Branches that voted yes and wait: who waits for whom, since when, how much is held until then,
 * and what will happen next.
 */
export async function listInDoubt(session: Session, bankText: string | undefined): Promise<Told> {
  const { language } = session;
  const bank = bankText === undefined ? undefined : readBank(bankText, language);
  const answers = await askBanks(session, bank, async (api) => {
    const { branches } = await api.transfers.inDoubt.query();
    return { items: branches, nextCursor: null };
  });
  const found = answers.answered.flatMap(({ answer }) => answer.items);
  const involved = found.flatMap((it) => [it.coordinator, ...it.witnesses]);
  const silent = await silentBanks(session, new Set(involved));
  const { columns: head, operations: says } = language.texts;
  const told = toldPages(
    session,
    withNext(answers, (it) => whatNext(it, silent, session)),
    {
      name: "branches",
      columns: [
        ...[head.bank, head.waitingFor, head.since, { right: head.held }, head.transaction],
        says.next,
      ],
      row: (it) => [
        it.bank,
        it.waitingFor.join(", "),
        `${moment(it.votedAt)} (${duration(Date.now() - Date.parse(it.votedAt))})`,
        money(it.heldCentavos, language),
        `${it.coordinator}/${it.transactionId}`,
        it.next,
      ],
      newest: (it) => it.votedAt,
    },
  );
  return found.length === 0 ? told : { ...told, lines: [...told.lines, says.holdsMoney] };
}

type Answered<Item> = Awaited<
  ReturnType<typeof askBanks<{ readonly items: readonly Item[]; readonly nextCursor: null }>>
>;

function withNext<Item>(
  { answered, silent }: Answered<Item>,
  next: (item: Item) => string,
): Answered<Item & { readonly next: string }> {
  return {
    silent,
    answered: answered.map(({ bank, answer }) => ({
      bank,
      answer: { ...answer, items: answer.items.map((item) => ({ ...item, next: next(item) })) },
    })),
  };
}
