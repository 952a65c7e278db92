import { staffRoles, type StaffRole } from "@pacto/contract";
import { generateSigningKey, loadSigningKey, signStaffToken } from "@pacto/contract/signing";
import type { Consortium } from "../consortium/start-consortium.ts";

/** Headers by which somebody says who they are. */
export type Caller = Readonly<Record<string, string>>;

const SECONDS = 300;

/**
 * Everybody who may come to a bank: its staff of each role, another bank's, who show a token that is
 * over, for another bank or signed by nobody, and strangers. Tokens last five minutes: ask again.
 */
export async function callersOf(
  { files }: Consortium,
  { target, peer }: { readonly target: string; readonly peer: string },
): Promise<Caller[]> {
  const [own, other] = await Promise.all(
    [target, peer].map((bank) => loadSigningKey(files.bank(bank).privateKey)),
  );
  if (own === undefined || other === undefined) throw new Error("two keys");
  const nowMs = Date.now();
  const person = (sub: string, roles: readonly StaffRole[], changes: object = {}) => ({
    iss: target,
    aud: target,
    sub,
    name: sub,
    roles: [...roles],
    sid: "fuzz",
    ...changes,
  });
  const times = { nowMs, seconds: SECONDS };
  const tokens = await Promise.all([
    ...["all-1", "all-2", "all-3"].map((sub) =>
      signStaffToken(person(sub, staffRoles), own, times),
    ),
    ...staffRoles.flatMap((role) =>
      [1, 2].map((nth) => signStaffToken(person(`${role}-${nth}`, [role]), own, times)),
    ),
    ...(["teller", "supervisor"] as const).map((role) =>
      signStaffToken(person(`guest-${role}`, [role], { iss: peer }), other, times),
    ),
    signStaffToken(person("late", staffRoles), own, { ...times, nowMs: nowMs - 3_600_000 }),
    signStaffToken(person("lost", staffRoles, { aud: peer }), own, times),
    signStaffToken(person("forger", staffRoles), generateSigningKey(), times),
    signStaffToken(person("thief", staffRoles), { ...other, keyId: own.keyId }, times),
  ]);
  const known = tokens.map((token) => ({ authorization: `Bearer ${token}` }));
  const strangers = [{}, { authorization: `Bearer ${"x".repeat(43)}` }];
  return [...known, ...strangers];
}
