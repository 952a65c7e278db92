import { isIP } from "node:net";
import { env } from "../env.ts";

/**
 * Whether this dashboard is served under that Host. A foreign page could point its own name at
 * this address (DNS rebinding); loopback names and plain IP addresses cannot be taken over so,
 * other names are listed in PACTO_ALLOWED_HOSTS.
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
