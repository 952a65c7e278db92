import { readFile, rename, writeFile } from "node:fs/promises";
import {
  findMember,
  type Manifest,
  ManifestError,
  type Member,
  parseManifest,
} from "@pacto/contract";
import { type SigningKey, signManifest } from "@pacto/contract/signing";
import type { LocalCertificates } from "../keys/bank-certificates.ts";
import type { ConsortiumFiles } from "./layout.ts";
import { readOrMakeKey } from "./secrets.ts";

/** Reads the manifest of a local consortium: a template, whose addresses and keys are ours to give. */
export async function readTemplate(path: string): Promise<Manifest> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new ManifestError(path, [
      `it cannot be read (${cause instanceof Error ? cause.message : String(cause)}); ` +
        "PACTO_CONSORTIUM names the file.",
    ]);
  });
  const template = parseManifest(text, path);
  const foreign = template.members.filter(
    (member) => member.url !== "" || member.publicKeys.length > 0,
  );
  if (foreign.length > 0) {
    throw new ManifestError(path, [
      `${foreign.map((member) => member.id).join(", ")} already have addresses or keys: this is a ` +
        "consortium of real machines. Start each bank on its own; here only templates are run.",
    ]);
  }
  return template;
}

/**
 * Gives every member its address and its own key, has all of them sign, and writes the result
 * where the nodes read it. Keys made once are kept.
 */
export async function resolveManifest(
  template: Manifest,
  files: ConsortiumFiles,
  urlOf: (bank: string) => string,
  certificates?: LocalCertificates,
): Promise<Manifest> {
  const keys = new Map(
    await Promise.all(
      template.members.map(
        async ({ id }) => [id, await readOrMakeKey(files.bank(id).privateKey)] as const,
      ),
    ),
  );
  const before = await lastManifest(files, template);
  const members = template.members.map((member) => {
    const publicKeys = keysOf(keys.get(member.id), before && findMember(before, member.id));
    const port = certificates?.ports.get(member.id);
    const peerUrl = port === undefined ? {} : { peerUrl: `https://127.0.0.1:${port}` };
    return { ...member, url: urlOf(member.id), ...peerUrl, publicKeys };
  });
  const authorities = certificates === undefined ? {} : { authorities: certificates.authorities };
  const epoch = Math.max(template.epoch, before?.epoch ?? 0);
  const unsigned: Manifest = { ...template, ...authorities, epoch, members, signatures: [] };
  const signatures = [...keys].map(([bank, key]) => signManifest(unsigned, bank, key));
  const manifest: Manifest = { ...unsigned, signatures };
  await writeFile(`${files.manifest}.draft`, `${JSON.stringify(manifest, undefined, 2)}\n`);
  await rename(`${files.manifest}.draft`, files.manifest);
  return manifest;
}

/** Of the last start: keys that were changed since the first one, and how often. */
async function lastManifest(
  files: ConsortiumFiles,
  { consortium }: Manifest,
): Promise<Manifest | undefined> {
  try {
    const last = parseManifest(await readFile(files.manifest, "utf8"), files.manifest);
    return last.consortium.id === consortium.id ? last : undefined;
  } catch {
    return undefined;
  }
}

/** The key in the bank's file, and those that it had before. */
function keysOf(key: SigningKey | undefined, before: Member | undefined): Member["publicKeys"] {
  if (key === undefined) return [];
  const known = before?.publicKeys ?? [];
  if (known.some(({ keyId }) => keyId === key.keyId)) return known;
  return [{ keyId: key.keyId, publicKey: key.publicKey }];
}
