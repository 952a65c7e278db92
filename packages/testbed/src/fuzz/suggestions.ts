import fc from "fast-check";
import type { Random } from "../chaos/random.ts";
import type { Suggest } from "./arbitrary-of-schema.ts";
import type { Learned } from "./learned.ts";

/** In every name and address that the fuzzer invents: no error and no log may repeat it. */
export const CANARY = "zzfuzz";

/** Fields that hold the same kind of thing under other names. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  number: ["number"],
  account: ["number"],
  disburseTo: ["number"],
  payFrom: ["number"],
  counterAccount: ["number"],
  client: ["client.id"],
  holders: ["client.id"],
  holder: ["client.id"],
};

export interface SuggestOptions {
  /** `clients.get` */
  readonly procedure: string;
  readonly banks: readonly string[];
  readonly learned: Learned;
  readonly random: Random;
}

/** Values for fields by their names: what real banks would be asked with. */
export function suggestFor({ procedure, banks, learned, random }: SuggestOptions): Suggest {
  const known = (names: readonly string[], otherwise: () => string) =>
    fc.noBias(fc.nat()).map(() => learned.pick(names, random) ?? otherwise());
  const feature = procedure.split(".")[0]?.replace(/s$/, "") ?? "";
  return (field) => {
    if (field === "idempotencyKey") return fc.uuid();
    if (/bank$/i.test(field)) return fc.constantFrom(...banks);
    if (field.endsWith("Centavos")) {
      return fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.constantFrom(0, -1, 2 ** 53 - 1));
    }
    if (/^(wait|timeout)\w*Ms$/.test(field)) return fc.integer({ min: 0, max: 100 });
    if (field === "taxId") return fc.nat().map((nat) => cpfOf(nat % 1_000_000));
    if (field === "name") return fc.nat().map((nat) => `Ana ${CANARY} ${nat.toString(36)}`);
    if (field === "email") return fc.nat().map((nat) => `${CANARY}${nat % 1_000}@example.com`);
    if (field === "phone") return fc.integer({ min: 10_000_000 }).map((n) => `+55119${n % 1e8}`);
    if (field === "limit") return fc.integer({ min: 1, max: 20 });
    if (field === "version") return fc.integer({ min: 1, max: 3 });
    if (field === "id") return known([`${feature}.id`, "id"], () => crypto.randomUUID());
    const names = ALIASES[field];
    if (names !== undefined) return known(names, () => "10001-3");
    if (/hash$/i.test(field)) return known([field, "hash"], () => "0".repeat(64));
    return undefined;
  };
}

/** A CPF with right check digits. */
export function cpfOf(nine: number): string {
  const digits = Array.from(String(nine).padStart(9, "0"), Number);
  for (const length of [9, 10]) {
    const sum = digits.reduce((total, digit, at) => total + digit * (length + 1 - at), 0);
    digits.push(((sum * 10) % 11) % 10);
  }
  return digits.join("");
}
