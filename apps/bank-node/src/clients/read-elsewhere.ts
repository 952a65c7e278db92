import { holdingsOutput, type ForeignAccount } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import type { Pool } from "../database/pools.ts";
import { RefusalError } from "../trpc.ts";

const TIMEOUT_MS = 1_500;
/** Younger answers are shown as they are. */
const FRESH_MS = 60_000;

interface Kept {
  readonly bank: string;
  readonly accounts: ForeignAccount[];
  readonly fetchedAt: Date;
}

/**
 * The same client's accounts at the other banks. Each bank shows them only with the client's
 * consent there; a bank that does not answer shows what it said last, with its age.
 * Throws RefusalError `client-not-found`.
 */
export async function readElsewhere(ctx: StaffContext, input: { readonly id: string }) {
  const client = await ctx.bank.prisma.client.findUnique({
    where: { id: input.id },
    select: { id: true, taxId: true },
  });
  if (client === null) {
    throw new RefusalError({ code: "client-not-found", details: { bank: ctx.bank.id } });
  }
  const kept = await readKept(ctx.bank.pools.api, client.id);
  const others = ctx.bank.manifest.members.map(({ id }) => id).filter((id) => id !== ctx.bank.id);
  const banks = await Promise.all(
    others.map(async (bank) => {
      const known = kept.find((row) => row.bank === bank);
      const age = known === undefined ? Infinity : Date.now() - known.fetchedAt.getTime();
      if (known !== undefined && age < FRESH_MS) return view(bank, "fresh", known);
      const asked = await ask(ctx, bank, client.taxId);
      if (asked === undefined) return view(bank, known === undefined ? "unknown" : "kept", known);
      return view(bank, "fresh", await keep(ctx.bank.pools.api, client.id, bank, asked));
    }),
  );
  return { banks };
}

function view(bank: string, status: "fresh" | "kept" | "unknown", kept: Kept | undefined) {
  return {
    bank,
    status,
    fetchedAt: kept?.fetchedAt.toISOString() ?? null,
    accounts: kept?.accounts ?? [],
  };
}

async function ask(
  ctx: StaffContext,
  bank: string,
  taxId: string,
): Promise<ForeignAccount[] | undefined> {
  const options = { timeoutMs: TIMEOUT_MS };
  const [result] = await ctx.bank.peers.call(bank, "commit.holdings", [{ taxId }], options);
  if (result?.kind !== "answer") return undefined;
  const parsed = holdingsOutput.safeParse({ items: [result.value] });
  return parsed.success ? parsed.data.items[0]?.accounts : undefined;
}

async function readKept(pool: Pool, client: string): Promise<Kept[]> {
  const { rows } = await pool.query<Kept>(
    `SELECT bank, accounts, fetched_at AS "fetchedAt" FROM foreign_holding WHERE client_id = $1`,
    [client],
  );
  return rows;
}

async function keep(
  pool: Pool,
  client: string,
  bank: string,
  accounts: ForeignAccount[],
): Promise<Kept> {
  const { rows } = await pool.query<{ fetchedAt: Date }>(
    `INSERT INTO foreign_holding (client_id, bank, accounts) VALUES ($1, $2, $3)
     ON CONFLICT (client_id, bank)
     DO UPDATE SET accounts = excluded.accounts, fetched_at = now()
     RETURNING fetched_at AS "fetchedAt"`,
    [client, bank, JSON.stringify(accounts)],
  );
  return { bank, accounts, fetchedAt: rows[0]?.fetchedAt ?? new Date() };
}

/** Another bank asks for a client's accounts here: answered only with the client's consent. */
export async function answerHoldings(
  pool: Pool,
  { taxId }: { readonly taxId: string },
): Promise<{ accounts: ForeignAccount[] }> {
  const { rows } = await pool.query<ForeignAccount>(
    `SELECT a.agency, a.number, a.kind
       FROM client c
       JOIN account_holder h ON h.client_id = c.id
       JOIN account a ON a.id = h.account_id
      WHERE c.tax_id = $1 AND c.shares_accounts AND a.status = 'active'
      ORDER BY a.id LIMIT 50`,
    [taxId],
  );
  return { accounts: rows };
}
