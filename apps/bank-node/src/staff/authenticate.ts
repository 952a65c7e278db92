import type { Actor } from "./actor.ts";

/** Of a request; names in lower case. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Finds out who holds a bearer token; undefined when this source does not know it. */
export type IdentitySource = (
  token: string,
  headers: Headers,
) => Actor | undefined | Promise<Actor | undefined>;

const ANONYMOUS: Actor = { kind: "anonymous" };
const BEARER = /^Bearer ([A-Za-z0-9._~+/-]{16,4096}=*)$/;

/**
 * The actor of a request of people: the first source that knows the token says who. Without a
 * token, or with an unknown one, nobody; procedures refuse nobody by themselves (deny by default).
 */
export async function authenticate(
  headers: Headers,
  sources: readonly IdentitySource[],
): Promise<Actor> {
  const { authorization } = headers;
  const token = BEARER.exec(typeof authorization === "string" ? authorization : "")?.[1];
  if (token === undefined) return ANONYMOUS;
  for (const source of sources) {
    const actor = await source(token, headers);
    if (actor !== undefined) return actor;
  }
  return ANONYMOUS;
}
