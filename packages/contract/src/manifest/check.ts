import type { Manifest, Member } from "./schema.ts";

/** What is wrong with a well-formed manifest, a sentence each; empty when nothing is. */
export function checkManifest(manifest: Manifest): string[] {
  const ids = new Set(manifest.members.map((member) => member.id));
  return [
    ...duplicates(manifest.members, "id"),
    ...duplicates(manifest.members, "ispb"),
    ...duplicates(manifest.members, "mark"),
    ...duplicates(
      manifest.members.filter((member) => member.url !== ""),
      "url",
    ),
    ...witnessProblems(manifest, ids),
    ...manifest.members.flatMap((member) => memberProblems(member, ids)),
    ...(manifest.former ?? [])
      .filter(({ id }) => ids.has(id))
      .map(({ id }) => `former: ${id} is a member; who came back is listed with the members only.`),
    ...manifest.signatures
      .filter((signature) => !ids.has(signature.bank))
      .map((signature) => `signatures: ${signature.bank} signed but is not a member.`),
  ];
}

/** What keeps a well-formed manifest from being run: members without address or key. */
export function checkRunnable(manifest: Manifest): string[] {
  const isMutualTls = manifest.authorities !== undefined;
  return manifest.members.flatMap((member) => [
    ...(isMutualTls && member.peerUrl === undefined
      ? [`${member.id}: the manifest has authorities, so peerUrl is needed: its address for banks.`]
      : []),
    ...(member.url === "" ? [`${member.id}: url is empty; give the address of its node.`] : []),
    ...(member.publicKeys.length === 0
      ? [`${member.id}: publicKeys is empty; make a key with "pacto keys" and add its public half.`]
      : []),
  ]);
}

function duplicates(members: readonly Member[], field: "id" | "ispb" | "mark" | "url"): string[] {
  const seen = new Map<string, string>();
  const problems: string[] = [];
  for (const member of members) {
    const other = seen.get(member[field]);
    if (other !== undefined) {
      problems.push(
        `members: ${field} "${member[field]}" is used by ${other} and by ${member.id}; ` +
          "each member needs its own.",
      );
    }
    seen.set(member[field], member.id);
  }
  return problems;
}

function witnessProblems(manifest: Manifest, ids: ReadonlySet<string>): string[] {
  if (manifest.decider.kind === "local") return [];
  const { witnesses } = manifest.decider;
  const problems = witnesses
    .filter((witness) => !ids.has(witness))
    .map((witness) => `decider: witness ${witness} is not a member.`);
  if (new Set(witnesses).size !== witnesses.length) {
    problems.push("decider: a witness is named twice; a majority must be of different banks.");
  }
  if (witnesses.length < 3 || witnesses.length % 2 === 0) {
    problems.push(
      `decider: ${witnesses.length} witnesses; a register needs an odd number of at least 3 ` +
        "(2F+1 banks bear the loss of F).",
    );
  }
  return problems;
}

function memberProblems(member: Member, ids: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const keyIds = member.publicKeys.map((key) => key.keyId);
  if (new Set(keyIds).size !== keyIds.length) {
    problems.push(`${member.id}: publicKeys: a key id is used twice.`);
  }
  for (const key of member.publicKeys) {
    if (key.notBefore && key.notAfter && key.notAfter <= key.notBefore) {
      problems.push(`${member.id}: key ${key.keyId} ends (notAfter) before it begins (notBefore).`);
    }
  }
  for (const grant of member.trust) {
    if (grant.bank === member.id) {
      problems.push(`${member.id}: trust is for other banks' staff; its own needs no grant.`);
    } else if (grant.bank !== "*" && !ids.has(grant.bank)) {
      problems.push(`${member.id}: trust names ${grant.bank}, which is not a member.`);
    }
  }
  const trusted = member.trust.map(({ bank }) => bank);
  if (new Set(trusted).size !== trusted.length) {
    problems.push(`${member.id}: trust names a bank twice.`);
  }
  return problems;
}
