import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import type { BankContext } from "../context.ts";
import type { Tx } from "../database/transaction.ts";
import { RefusalError } from "../trpc.ts";
import { FAILURES_MAX, REST_SECONDS } from "./auth.ts";

/** An address may be a whole office's: it bears more than an account. */
const ADDRESS_FAILURES_MAX = 50;

interface Attempt {
  /** To be called when the attempt was a good one: it was no failure after all. */
  readonly succeeded: () => Promise<void>;
}

/**
 * Counts an attempt to sign in before it is looked at, so that many at once are no way around, for
 * the account and for where it comes from. An account that does not exist is counted alike.
 * @throws RefusalError `sign-in-locked` while either rests
 */
export async function beginAttempt(ctx: BankContext, account: string | null): Promise<Attempt> {
  const { api } = ctx.bank.pools;
  const address = ctx.address === undefined ? null : `address:${addressPrefix(ctx.address)}`;
  const counted: (readonly [subject: string, max: number])[] = [];
  if (address !== null) counted.push([address, ADDRESS_FAILURES_MAX]);
  if (account !== null) counted.push([subjectOf(account), FAILURES_MAX]);
  for (const [subject, max] of counted) {
    const { rows } = await api.query<{ failures: number; restS: number }>(COUNT, [
      subject,
      REST_SECONDS,
    ]);
    const [row] = rows;
    if (row !== undefined && row.failures > max) {
      const minutes = Math.max(1, Math.ceil(row.restS / 60));
      throw new RefusalError({ code: "sign-in-locked", details: { minutes } });
    }
  }
  return {
    async succeeded() {
      const subjects = counted.map(([subject]) => subject);
      await api.query("DELETE FROM staff_failure WHERE subject = ANY ($1) AND failures = 1", [
        subjects,
      ]);
      // An office's failures stay; the account's are made good by the right password.
      await api.query(
        `UPDATE staff_failure SET failures =
           CASE WHEN starts_with(subject, 'account:') THEN 1 ELSE greatest(1, failures - 1) END
         WHERE subject = ANY ($1)`,
        [subjects],
      );
    },
  };
}

const COUNT = `
  INSERT INTO staff_failure AS f (subject, failures) VALUES ($1, 1)
  ON CONFLICT (subject) DO UPDATE SET
    failures = CASE WHEN f.first_at < now() - make_interval(secs => $2) THEN 1
                    ELSE least(f.failures + 1, 1000000) END,
    first_at = CASE WHEN f.first_at < now() - make_interval(secs => $2) THEN now()
                    ELSE f.first_at END
  RETURNING failures,
    extract(epoch FROM first_at + make_interval(secs => $2) - now())::float8 AS "restS"`;

/** An IPv6 customer has 2^64 addresses: they count as one. IPv4 written as IPv6 is IPv4. */
export function addressPrefix(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail = ""] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  const [left, right] = [head, tail].map((part) => part.split(":").filter((group) => group !== ""));
  const missing = 8 - (left?.length ?? 0) - (right?.length ?? 0);
  const groups = [
    ...(left ?? []),
    ...Array<string>(Math.max(0, missing)).fill("0"),
    ...(right ?? []),
  ];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

/** Lets an account be tried again at once. */
export async function forgetFailures(tx: Tx, account: string): Promise<void> {
  await tx.query("DELETE FROM staff_failure WHERE subject = $1", [subjectOf(account)]);
}

/** The e-mail itself stands in no table but the staff's. */
function subjectOf(account: string): string {
  return `account:${createHash("sha256").update(account).digest("base64url")}`;
}
