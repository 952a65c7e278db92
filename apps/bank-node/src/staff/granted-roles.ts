import { findMember, type Manifest } from "@pacto/contract";
import type { Role } from "./actor.ts";

/**
 * The roles that a bank lets another member's staff have on its own node. Its own staff keep
 * theirs; the grant that names the bank takes the place of the one for all; no grant is no role. Who works
 * here is for nobody else's staff to say, whatever is granted.
 */
export function grantedRoles(
  manifest: Manifest,
  { self, homeBank, roles }: { self: string; homeBank: string; roles: readonly Role[] },
): readonly Role[] {
  if (homeBank === self) return roles;
  const trust = findMember(manifest, self)?.trust ?? [];
  const grant =
    trust.find(({ bank }) => bank === homeBank) ?? trust.find(({ bank }) => bank === "*");
  return roles.filter((role) => role !== "user-admin" && grant?.roles.includes(role) === true);
}
