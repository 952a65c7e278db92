import { type Refusal, refusalSentence } from "@pacto/contract";
import { facts, table } from "../output/layout.ts";
import { moment, money } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

type Field = keyof Session["language"]["texts"]["counter"]["fields"];

/** One value as people read it: money, an instant, a refusal's sentence. */
function shown(field: string, value: unknown, { language }: Session): string {
  if (value === null || value === undefined) return "—";
  if (field.endsWith("Centavos") && typeof value === "number") return money(value, language);
  if (/(^at|At)$/u.test(field) && typeof value === "string") return moment(value);
  if (field === "refusal") return refusalSentence(value as Refusal, language.locale);
  if (field === "accounts") {
    const list = value as readonly { readonly number: string }[];
    return list.map(({ number }) => number).join(", ");
  }
  if (isAccount(value)) return `${value.bank}/${value.account}`;
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isAccount(value: unknown): value is { readonly bank: string; readonly account: string } {
  return typeof value === "object" && value !== null && "bank" in value && "account" in value;
}

/** What a verb did to one thing: the fields that have a name in the reader's language. */
export function tellOne(session: Session, thing: object, json: unknown = thing): Told {
  const { fields, done } = session.language.texts.counter;
  const known = Object.entries(thing).filter(([field]) => Object.hasOwn(fields, field));
  const pairs = known.map(
    ([field, value]) => [fields[field as Field], shown(field, value, session)] as const,
  );
  return { json, lines: [done, ...facts(pairs)] };
}

/** A list, one thing on each line. */
export function tellList<Item extends object>(
  session: Session,
  items: readonly Item[],
  columns: readonly (keyof Item & Field)[],
  json: unknown,
): Told {
  const { texts } = session.language;
  if (items.length === 0) return { json, lines: [texts.says.nothing] };
  const heads = columns.map((column) => {
    const head = texts.counter.fields[column];
    return column.endsWith("Centavos") ? { right: head } : head;
  });
  const rows = items.map((item) => columns.map((column) => shown(column, item[column], session)));
  return { json, lines: table(heads, rows) };
}
