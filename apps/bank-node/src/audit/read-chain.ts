import type { AuditChain } from "@pacto/contract";
import type { AuditHead } from "@pacto/contract";
import type { StaffContext } from "../context.ts";

const ALARMS_MAX = 50;
const HEADS_PAGE = 1_000;

interface LastRow {
  readonly head: AuditHead;
  readonly hash: string;
}

interface HeadAt {
  readonly bank: string;
  readonly number: bigint;
  readonly at: Date;
}

interface AlarmRow extends HeadAt {
  readonly code: string;
  readonly rows: string;
}

/** How this bank's chain stands, who has cosigned it, and what is known of the watched ones. */
export async function readChain({ bank }: StaffContext): Promise<AuditChain> {
  const db = bank.pools.api;
  const [last, cosigners, watched, alarms] = await Promise.all([
    db.query<LastRow>("SELECT head, hash FROM audit_block ORDER BY number DESC LIMIT 1"),
    db.query<HeadAt>(
      `SELECT DISTINCT ON (bank) bank, number, made_at AS at FROM audit_cosignature
        ORDER BY bank, number DESC`,
    ),
    db.query<HeadAt>(
      `SELECT DISTINCT ON (bank) bank, number, seen_at AS at FROM audit_witnessed
        ORDER BY bank, incarnation DESC, number DESC`,
    ),
    db.query<AlarmRow>(
      `SELECT at, bank, code, number, rows FROM audit_alarm ORDER BY id DESC LIMIT ${ALARMS_MAX}`,
    ),
  ]);
  const [newest] = last.rows;
  return {
    bank: bank.id,
    last: newest === undefined ? null : viewHead(newest),
    cosigners: cosigners.rows.map(viewAt),
    watched: watched.rows.map(viewAt),
    alarms: alarms.rows.map(({ code, rows, ...row }) => ({ ...viewAt(row), code, rows })),
  };
}

function viewHead({ head, hash }: LastRow) {
  const { number, size, total, sealedAt } = head;
  return { number, hash, size, total, sealedAt };
}

function viewAt({ bank, number, at }: HeadAt) {
  return { bank, number: Number(number), at: at.toISOString() };
}

/** Heads of another bank as this one holds them, to be compared with what that bank shows. */
export async function readWitnessed(
  { bank }: StaffContext,
  input: { readonly bank: string; readonly from: number },
) {
  const { rows } = await bank.pools.api.query<{ number: bigint; hash: string }>(
    `SELECT number, hash FROM audit_witnessed w
      WHERE bank = $1 AND number >= $2
        AND NOT EXISTS (SELECT FROM audit_witnessed newer
                         WHERE newer.bank = w.bank AND newer.incarnation > w.incarnation
                           AND newer.number <= w.number)
      ORDER BY number LIMIT ${HEADS_PAGE}`,
    [input.bank, input.from],
  );
  const heads = rows.map(({ number, hash }) => ({ number: Number(number), hash }));
  const last = heads.at(-1);
  return { heads, next: heads.length === HEADS_PAGE && last ? last.number + 1 : null };
}
