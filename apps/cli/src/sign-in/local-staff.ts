import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type FirstMember, firstStaffFile } from "@pacto/contract";
import { Unreachable, WrongUsage } from "../exit.ts";
import type { Language } from "../language/language.ts";

/** Name of the file in a bank's folder; `consortiumFiles` of the testbed writes it. */
const STAFF = "staff.json";

/** Who acts where nobody is named: may do everything but administer users. */
export const SOMEBODY = "ana";

/**
 * The invented member of a bank's staff with that name, as the local consortium keeps it.
 * @throws Unreachable when its file cannot be read, WrongUsage when there is nobody of that name
 */
export function localPerson(
  dataDir: string,
  { bank, person, language }: { bank: string; person: string; language: Language },
): FirstMember {
  const path = join(dataDir, bank, STAFF);
  let members: readonly FirstMember[];
  try {
    ({ members } = firstStaffFile.parse(JSON.parse(readFileSync(path, "utf8"))));
  } catch (cause) {
    throw new Unreachable(language.texts.errors.noToken(path), { cause });
  }
  const found = members.find(({ email }) => email.split("@")[0] === person);
  if (found !== undefined) return found;
  const names = members.map(({ email }) => email.split("@")[0]).join(", ");
  throw new WrongUsage(language.texts.signIn.nobody(person, bank, names));
}
