import { randomBytes } from "node:crypto";
import type { StaffContext } from "../context.ts";

/** A password that somebody else knows is good for this long. */
export const ONE_TIME_PASSWORD = "72 hours";

/** Without those that are taken for one another when they are read out or copied by hand. */
const SIGNS = "abcdefghijkmnpqrstuvwxyz23456789";
const GROUPS = 4;

interface OneTimePassword {
  readonly text: string;
  readonly hash: string;
}

/** 80 random bits in four groups of four, and how the bank keeps it. A secret. */
export async function makeOneTimePassword({ bank }: StaffContext): Promise<OneTimePassword> {
  const signs = [...randomBytes(4 * GROUPS)].map((byte) => SIGNS[byte % SIGNS.length] ?? "");
  const groups = Array.from({ length: GROUPS }, (_, at) =>
    signs.slice(4 * at, 4 * at + 4).join(""),
  );
  const text = groups.join("-");
  const { password } = await bank.signIn.auth.$context;
  return { text, hash: await password.hash(text) };
}

/** The password leaves the node with the answer that made it, and never again. */
export async function tellOnce(
  { bank }: StaffContext,
  id: string,
  { text, hash }: OneTimePassword,
): Promise<string | null> {
  const { rowCount } = await bank.pools.api.query(
    "SELECT FROM staff_credential WHERE user_id = $1 AND password = $2",
    [id, hash],
  );
  return rowCount === 1 ? text : null;
}
