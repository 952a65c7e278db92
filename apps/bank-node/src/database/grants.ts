import type pg from "pg";

interface Table {
  readonly name: string;
  /** Guarded by the trigger function `refuse_change`. */
  readonly isAppendOnly: boolean;
  /** What the role may do now, in lower case. */
  readonly held: readonly string[];
}

/** Of signing in, what ends: no books, no evidence and no member of staff is among it. */
const PASSING = new Set([
  "staff_challenge",
  "staff_ended_session",
  "staff_failure",
  "staff_second_factor",
  "staff_session",
  "staff_used_code",
]);

/**
 * Gives the node's own role what it needs and takes everything else away (P12): no DDL, no DELETE
 * but of sessions and the like, no UPDATE on append-only tables. Which those are is said once, by the migrations: the
 * tables guarded by the trigger function `refuse_change`. Runs as the owner of the schema, and
 * changes only what differs, so that nodes at work need not plan their statements anew.
 */
export async function grantServiceRole(client: pg.Client, role: string): Promise<void> {
  const quotedRole = quote(role);
  const statements = [
    `grant usage on schema public to ${quotedRole}`,
    `grant usage, select on all sequences in schema public to ${quotedRole}`,
  ];
  for (const table of await readTables(client, role)) {
    const due = privilegesOf(table);
    if (table.held.join() === due.join()) continue;
    statements.push(
      `revoke all on ${quote(table.name)} from ${quotedRole}`,
      `grant ${due.join(", ")} on ${quote(table.name)} to ${quotedRole}`,
    );
  }
  await client.query(statements.join(";\n"));
}

/** In alphabetical order, as {@link readTables} gives the held ones. */
function privilegesOf(table: Table): readonly string[] {
  if (table.name === "_prisma_migrations") return ["select"];
  if (PASSING.has(table.name)) return ["delete", "insert", "select", "update"];
  return table.isAppendOnly ? ["insert", "select"] : ["insert", "select", "update"];
}

async function readTables(client: pg.Client, role: string): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname as name,
       exists (
         select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
         where t.tgrelid = c.oid and p.proname = 'refuse_change' and t.tgenabled <> 'D'
       ) as "isAppendOnly",
       coalesce((
         select array_agg(lower(acl.privilege_type) order by lower(acl.privilege_type))
         from aclexplode(c.relacl) acl where acl.grantee = $1::regrole
       ), '{}') as held
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
     order by c.relname`,
    [quote(role)],
  );
  return rows;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
