import { splitLeaves } from "@pacto/contract/signing";
import type { Tx } from "../../database/transaction.ts";

// The text of a row as it is sealed. It is made here and not by a function of the database, which
// whoever owns the database could replace. A change of these texts would break every old block.

const AUDIT_TEXT = `json_build_array('audit', e.id, (extract(epoch FROM e.at) * 1000)::bigint, e.stamp,
  e.actor, e.actor_bank, e.roles, e.session, e.address, e.correlation_id, e.action, e.subject,
  e.transaction_id, e.details)::text`;

const POSTING_TEXT = `json_build_array('posting', p.id, (extract(epoch FROM p.at) * 1000)::bigint,
  p.stamp, p.kind, p.description, p.transaction_id, p.actor,
  (SELECT json_agg(json_build_array(n.account_id, n.version, n.amount, n.balance_after)
                   ORDER BY n.account_id, n.version)
     FROM entry n WHERE n.posting_id = p.id))::text`;

/** RFC 6962: a leaf begins with a zero byte. */
function leafOf(text: string): string {
  return `sha256('\\x00'::bytea || convert_to(${text}, 'UTF8'))`;
}

/** A place in the order in which rows are sealed. */
export interface Place<Id> {
  readonly stamp: bigint;
  readonly id: Id;
}

export interface Unsealed<Id> {
  readonly ids: readonly Id[];
  readonly leaves: readonly Buffer[];
  /** Of the last of them; null when there is none. */
  readonly last: Place<Id> | null;
}

interface UnsealedRow<Id> {
  readonly ids: readonly Id[] | null;
  readonly leaves: Buffer | null;
  readonly lastStamp: bigint | null;
}

/** Rows of transactions that are over, up to `limit`, after the place. */
export async function unsealedEvents(
  tx: Tx,
  after: Place<bigint>,
  limit: number,
): Promise<Unsealed<bigint>> {
  const { rows } = await tx.query<UnsealedRow<bigint>>(
    unsealedFrom("audit_event", "e", AUDIT_TEXT),
    [after.stamp, after.id, limit],
  );
  return readUnsealed(rows[0]);
}

export async function unsealedPostings(
  tx: Tx,
  after: Place<string>,
  limit: number,
): Promise<Unsealed<string>> {
  const { rows } = await tx.query<UnsealedRow<string>>(unsealedFrom("posting", "p", POSTING_TEXT), [
    after.stamp,
    after.id,
    limit,
  ]);
  return readUnsealed(rows[0]);
}

function unsealedFrom(table: string, alias: string, text: string): string {
  return `SELECT array_agg(id ORDER BY stamp, id) AS ids,
                 string_agg(leaf, ''::bytea ORDER BY stamp, id) AS leaves,
                 max(stamp) AS "lastStamp"
            FROM (SELECT ${alias}.id, ${alias}.stamp, ${leafOf(text)} AS leaf
                    FROM ${table} ${alias}
                   WHERE ${alias}.stamp >= $1 AND (${alias}.stamp > $1 OR ${alias}.id > $2)
                     AND ${alias}.stamp < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                   ORDER BY ${alias}.stamp, ${alias}.id LIMIT $3) AS unsealed`;
}

function readUnsealed<Id>(row: UnsealedRow<Id> | undefined): Unsealed<Id> {
  const { ids, leaves, lastStamp } = row ?? { ids: null, leaves: null, lastStamp: null };
  const lastId = ids?.at(-1);
  if (ids === null || leaves === null || lastStamp === null || lastId === undefined) {
    return { ids: [], leaves: [], last: null };
  }
  return { ids, leaves: splitLeaves(leaves), last: { stamp: lastStamp, id: lastId } };
}

/** The rows that a block names. */
export interface BlockRows {
  readonly auditIds: readonly bigint[];
  readonly postingIds: readonly string[];
}

/** `audit 123`, `posting 0193…`: the rows' names in the order of their leaves. */
export function rowNames({ auditIds, postingIds }: BlockRows): string[] {
  return [...auditIds.map((id) => `audit ${id}`), ...postingIds.map((id) => `posting ${id}`)];
}

/** Leaves of the rows as they are now, in the order of their names; null for one that is gone. */
export function leavesNow(tx: Tx, rows: BlockRows): Promise<(Buffer | null)[]> {
  return readNow(tx, rows, (text) => leafOf(text));
}

/** The rows' sealed texts as they are now; null for one that is gone. */
export function textsNow(tx: Tx, rows: BlockRows): Promise<(string | null)[]> {
  return readNow(tx, rows, (text) => text);
}

async function readNow<Value>(
  tx: Tx,
  { auditIds, postingIds }: BlockRows,
  select: (text: string) => string,
): Promise<(Value | null)[]> {
  const events = await tx.query<{ value: Value | null }>(
    `SELECT CASE WHEN e.id IS NOT NULL THEN ${select(AUDIT_TEXT)} END AS value
       FROM unnest($1::bigint[]) WITH ORDINALITY AS named (id, place)
       LEFT JOIN audit_event e ON e.id = named.id ORDER BY named.place`,
    [auditIds],
  );
  const postings = await tx.query<{ value: Value | null }>(
    `SELECT CASE WHEN p.id IS NOT NULL THEN ${select(POSTING_TEXT)} END AS value
       FROM unnest($1::uuid[]) WITH ORDINALITY AS named (id, place)
       LEFT JOIN posting p ON p.id = named.id ORDER BY named.place`,
    [postingIds],
  );
  return [...events.rows, ...postings.rows].map(({ value }) => value);
}
