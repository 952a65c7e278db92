import type { Actor } from "./actor.ts";

/** Of a request; names in lower case. */
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Finds out who holds a bearer token; undefined when it is not accepted. */
export type IdentitySource = (token: string) => Promise<Actor | undefined>;

const ANONYMOUS: Actor = { kind: "anonymous" };
const BEARER = /^Bearer ([A-Za-z0-9._~+/-]{16,4096}=*)$/;

/**
 * The actor of a request of people. Without a token, or with one that is not accepted, nobody;
 * procedures refuse nobody by themselves (deny by default).
 */
export async function authenticate(headers: Headers, identify: IdentitySource): Promise<Actor> {
  const { authorization } = headers;
  const token = BEARER.exec(typeof authorization === "string" ? authorization : "")?.[1];
  if (token === undefined) return ANONYMOUS;
  return (await identify(token)) ?? ANONYMOUS;
}
