import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { env } from "../env.ts";

/**
 * Who the caller is, until staff sign in with their own bank: everyone who reaches this dashboard
 * acts as one local demonstration teller. This file is the whole of it; sign-in replaces it.
 */

/** The bearer token that the banks' nodes check, or null when no demo identity is set up. */
export async function readIdentityToken(): Promise<string | null> {
  if (env.PACTO_DEMO_TOKEN_FILE === undefined) return null;
  const token = (await readFile(env.PACTO_DEMO_TOKEN_FILE, "utf8")).trim();
  return token === "" ? null : token;
}

/**
 * Whether the demo identity may be lent to a request for this Host. Without sign-in a foreign page
 * could point its own name at this address (DNS rebinding); loopback names and plain IP addresses
 * cannot be taken over so, other names are listed in PACTO_ALLOWED_HOSTS.
 */
export function isTrustedHost(host: string | null): boolean {
  if (host === null) return false;
  const name = host
    .replace(/:\d+$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .toLowerCase();
  if (name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0) return true;
  return env.PACTO_ALLOWED_HOSTS.split(",").some((allowed) => allowed.trim() === name);
}
