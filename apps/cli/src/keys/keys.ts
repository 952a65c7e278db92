import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { generateSigningKey, saveSigningKey } from "@pacto/contract/signing";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

export interface KeysOptions {
  readonly folder?: string;
  readonly manifest?: string;
  readonly hosts?: string;
}

const folderOf = ({ folder }: KeysOptions) => resolve(folder ?? "keys");

/** Makes a bank's signing key (0600); a key that is there is never overwritten. */
export async function makeMemberKey(
  { language }: Session,
  bank: string,
  options: KeysOptions,
): Promise<Told> {
  const says = language.texts.keys;
  const path = join(folderOf(options), bank, "private-key.pem");
  const key = generateSigningKey();
  await saveSigningKey(path, key);
  const entry = { keyId: key.keyId, publicKey: key.publicKey };
  const lines = [says.written(path), says.forManifest, JSON.stringify(entry, undefined, 2)];
  return { json: { path, ...entry }, lines };
}

/** Makes the authority of a consortium, unless the folder has one. */
export async function makeAuthority({ language }: Session, options: KeysOptions): Promise<Told> {
  const says = language.texts.keys;
  const folder = join(folderOf(options), "authority");
  const { readOrMakeAuthority } = await import("@pacto/testbed/keys");
  await readOrMakeAuthority(folder, "pacto");
  return { json: { folder }, lines: [says.written(folder), says.forAuthorities] };
}

/** Issues a bank's certificate by the authority in the folder. */
export async function makeCertificate(
  { language }: Session,
  bank: string,
  options: KeysOptions,
): Promise<Told> {
  const says = language.texts.keys;
  const folder = folderOf(options);
  const { issueCertificate, readOrMakeAuthority, writeSecretPem } =
    await import("@pacto/testbed/keys");
  const authority = await readOrMakeAuthority(join(folder, "authority"), "pacto");
  const hosts = (options.hosts ?? "localhost,127.0.0.1").split(",").map((host) => host.trim());
  const issued = await issueCertificate(authority, { bank, hosts });
  const key = join(folder, bank, "tls-key.pem");
  const certificate = join(folder, bank, "tls-certificate.pem");
  await writeSecretPem(key, issued.keyPem);
  await writeFile(certificate, issued.certificatePem);
  return { json: { key, certificate }, lines: [says.written(key), says.written(certificate)] };
}

/**
 * Gives a running bank a new key. Exit 0 once it signs with it, 3 while others still have to sign the
 * manifest or to go by it; asked again, it goes on.
 */
export async function rotateMemberKey(
  { language, dataDir }: Session,
  bank: string,
  options: KeysOptions,
): Promise<Told> {
  const says = language.texts.keys;
  const { rotateKey } = await import("@pacto/testbed/keys");
  const rotated = await rotateKey({
    bank,
    manifestFile: resolve(options.manifest ?? join(dataDir, "manifest.json")),
    folder: resolve(options.folder ?? dataDir),
  });
  const { keyId, epoch, manifestFile, state } = rotated;
  if (state === "done") return { json: rotated, lines: [says.rotated(bank, keyId, epoch)] };
  const banks = rotated.banks.join(", ");
  const what = state === "waiting" ? says.waiting(banks, epoch) : says.toSign(banks, manifestFile);
  return { json: rotated, lines: [what, says.goOn], exit: 3 };
}
