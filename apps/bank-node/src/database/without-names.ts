import type { Pool } from "pg";

/**
 * Makes every statement of a pool an unnamed one. A named one is prepared in a session, and behind
 * a pooler in transaction mode the next transaction runs in another (PgBouncer before 1.21 refuses
 * them; later ones prepare them again).
 */
export function withoutNames(pool: Pool): void {
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as (...parameters: unknown[]) => unknown;
    const unnamed = (first: unknown, ...rest: unknown[]) => query(nameless(first), ...rest);
    client.query = unnamed as typeof client.query;
  });
}

function nameless(statement: unknown): unknown {
  const isNamed =
    typeof statement === "object" &&
    statement !== null &&
    "name" in statement &&
    !("submit" in statement);
  return isNamed ? { ...statement, name: undefined } : statement;
}
