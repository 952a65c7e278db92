import { randomBytes } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { type FirstMember, type FirstStaff, firstStaffFile, type Manifest } from "@pacto/contract";
import type { ConsortiumFiles } from "./layout.ts";
import { readOrMakeSecret } from "./secrets.ts";

/**
 * Invented people: one for each role, and two for whoever tries things out on the command line and
 * for whoever administers users, because some acts take two. The latter have no part in money.
 */
const PEOPLE: readonly Pick<FirstMember, "name" | "roles">[] = [
  { name: "Ana", roles: ["teller", "supervisor", "auditor", "operator"] },
  { name: "Bruno", roles: ["teller", "supervisor", "auditor", "operator"] },
  { name: "Teller", roles: ["teller"] },
  { name: "Supervisor", roles: ["supervisor"] },
  { name: "Auditor", roles: ["auditor"] },
  { name: "Operator", roles: ["operator"] },
  { name: "Admin", roles: ["user-admin"] },
  { name: "Carla", roles: ["user-admin"] },
];

export interface StaffOptions {
  /** False for a run in which nobody signs in: hashing passwords takes a start its time. */
  readonly hasStaff?: boolean | undefined;
  /** One password for all of them instead of random ones. */
  readonly demoPassword?: string | undefined;
}

/** Makes what each bank's staff needs to sign in, once. @returns those made now, by bank */
export async function prepareStaff(
  { members }: Manifest,
  files: ConsortiumFiles,
  { hasStaff = true, demoPassword }: StaffOptions = {},
): Promise<Map<string, FirstStaff>> {
  const made = new Map<string, FirstStaff>();
  for (const { id } of members) {
    await readOrMakeSecret(files.bank(id).signInSecret);
    if (!hasStaff) continue;
    const path = files.bank(id).staff;
    const isThere = await readFile(path, "utf8").then(
      (text) => firstStaffFile.safeParse(JSON.parse(text)).success,
      () => false,
    );
    if (isThere) continue;
    const staff = inventStaff(id, demoPassword);
    await writeClosed(path, JSON.stringify(staff, null, 2));
    made.set(id, staff);
  }
  return made;
}

function inventStaff(bank: string, fixedPassword: string | undefined): FirstStaff {
  return {
    isPasswordFixed: fixedPassword !== undefined,
    members: PEOPLE.map(({ name, roles }) => ({
      name,
      roles,
      email: `${name.toLowerCase()}@${bank}.example`,
      password: fixedPassword ?? randomBytes(12).toString("base64url"),
      totpSecret: randomBytes(24).toString("base64url"),
    })),
  };
}

async function writeClosed(path: string, text: string): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(`${text}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
