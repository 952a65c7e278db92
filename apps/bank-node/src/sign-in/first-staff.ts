import { randomUUID } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { type FirstMember, firstStaffFile } from "@pacto/contract";
import { symmetricEncrypt } from "better-auth/crypto";
import { auditedNode, writeAudit } from "../audit/audited.ts";
import { withTransaction } from "../database/transaction.ts";
import type { Pools } from "../database/pools.ts";
import { newId } from "../new-id.ts";
import type { Auth } from "./auth.ts";
import type { Bank } from "../context.ts";

/**
 * Makes those members of staff whom the file names and the bank does not know yet. Nobody who is
 * there is changed: the file opens the bank once.
 * @throws Error when others can read the file, or when it has one password for all and the
 * consortium is more than this machine
 */
export async function ensureFirstStaff(
  path: string,
  bank: Pick<Bank, "id" | "pools" | "manifest" | "signIn">,
): Promise<number> {
  const { mode } = await stat(path);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new Error(`The first staff ${path} is readable by others: close it with "chmod 600".`);
  }
  const { isPasswordFixed, members } = firstStaffFile.parse(
    JSON.parse(await readFile(path, "utf8")),
  );
  if (isPasswordFixed && !bank.manifest.members.every(({ url }) => isLoopback(url))) {
    throw new Error(
      `The first staff ${path} has one password for all. That is for a consortium on one machine; ` +
        "this one has members elsewhere.",
    );
  }
  let made = 0;
  const { id, pools, signIn } = bank;
  for (const member of members) {
    if (await ensureMember({ bank: id, pools, auth: signIn.auth }, member)) made += 1;
  }
  return made;
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}

async function ensureMember(
  { bank, pools, auth }: { bank: string; pools: Pools; auth: Auth },
  member: FirstMember,
): Promise<boolean> {
  const { name, email, roles, password, totpSecret } = member;
  const known = await pools.api.query("SELECT 1 FROM staff_member WHERE email = $1", [email]);
  if (known.rows.length > 0) return false;
  const context = await auth.$context;
  const hash = await context.password.hash(password);
  const id = newId();
  const hasFactor = totpSecret !== undefined;
  return withTransaction(pools.api, async (tx) => {
    const { rowCount } = await tx.query(
      `INSERT INTO staff_member (id, name, email, roles, two_factor_enabled, must_change_password)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (email) DO NOTHING`,
      [id, name, email, roles, hasFactor, !hasFactor],
    );
    if (rowCount !== 1) return false;
    await tx.query(
      `INSERT INTO staff_credential (id, account_id, provider_id, user_id, password)
       VALUES ($1, $2, 'credential', $2, $3)`,
      [randomUUID(), id, hash],
    );
    if (totpSecret !== undefined) {
      const key = context.secretConfig;
      await tx.query(
        `INSERT INTO staff_second_factor (id, user_id, secret, backup_codes)
         VALUES ($1, $2, $3, $4)`,
        [
          randomUUID(),
          id,
          await symmetricEncrypt({ key, data: totpSecret }),
          await symmetricEncrypt({ key, data: "[]" }),
        ],
      );
    }
    await writeAudit(tx, {
      ...auditedNode(bank),
      action: "staff.create",
      subject: id,
      transactionId: null,
      details: { roles },
    });
    return true;
  });
}
