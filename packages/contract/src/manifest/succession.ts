import type { Manifest, MemberKey } from "./schema.ts";

/**
 * What keeps a manifest, signed by all its members, from taking the place of the one that a node
 * runs by; a sentence each, empty when nothing does. The members of the one before vouch for the
 * next with keys that were known already, so that no new file alone can bring in new banks.
 */
export function successionProblems(current: Manifest, next: Manifest, nowMs: number): string[] {
  if (next.consortium.id !== current.consortium.id) {
    return [`It is of the consortium ${next.consortium.id}, not of ${current.consortium.id}.`];
  }
  if (next.epoch <= current.epoch) {
    return [`Its epoch is ${next.epoch}; it takes one above ${current.epoch}.`];
  }
  return [
    ...membershipProblems(current, next),
    ...keyProblems(current, next),
    ...signerProblems(current, next, nowMs),
    ...(JSON.stringify(next.authorities) === JSON.stringify(current.authorities)
      ? []
      : ["authorities: they are read when a bank starts; restart the banks one after the other."]),
  ];
}

/**
 * A majority of the members before and one of the members after must share a bank (the directory of
 * PIX keys lives by that), which holds as long as one at a time comes or goes.
 */
function membershipProblems(current: Manifest, next: Manifest): string[] {
  const [before, after] = [current, next].map(({ members }) => members.map(({ id }) => id));
  const joined = (after ?? []).filter((id) => !before?.includes(id));
  const left = (before ?? []).filter((id) => !after?.includes(id));
  if (joined.length + left.length <= 1) return [];
  const changed = [...joined, ...left].join(", ");
  return [`members: ${changed} come or go at once; one bank at a time does, an epoch each.`];
}

/** Keys stay for ever, as they were: what they signed is verified with them. */
function keyProblems(current: Manifest, next: Manifest): string[] {
  const known = keysByBank(next);
  return [...keysByBank(current)].flatMap(([bank, keys]) => {
    const still = known.get(bank);
    if (still === undefined) {
      return [`former: ${bank} is missing; a bank that leaves goes there with its keys.`];
    }
    return keys
      .filter((key) => !still.some((one) => isSameKey(one, key)))
      .map(({ keyId }) => `${bank}: key ${keyId} is missing or was changed; past keys stay.`);
  });
}

/** When a key ends may be said later; what it is and when it began may not. */
function isSameKey(one: MemberKey, other: MemberKey): boolean {
  return (
    one.keyId === other.keyId &&
    one.publicKey === other.publicKey &&
    one.notBefore === other.notBefore
  );
}

function signerProblems(current: Manifest, next: Manifest, nowMs: number): string[] {
  const continuing = current.members.filter(({ id }) => next.members.some((one) => one.id === id));
  return continuing.flatMap(({ id, publicKeys }) => {
    const isVouched = next.signatures.some(
      ({ bank, keyId }) =>
        bank === id &&
        publicKeys.some(
          (key) =>
            key.keyId === keyId && (key.notAfter === undefined || Date.parse(key.notAfter) > nowMs),
        ),
    );
    return isVouched ? [] : [`${id} has not signed it with a key that is known and in force.`];
  });
}

function keysByBank({ members, former = [] }: Manifest): Map<string, readonly MemberKey[]> {
  return new Map([...members, ...former].map(({ id, publicKeys }) => [id, publicKeys]));
}
