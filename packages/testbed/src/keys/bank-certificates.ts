import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConsortiumFiles } from "../consortium/layout.ts";
import { findFreePort } from "../processes/ports.ts";
import {
  type Authority,
  issueCertificate,
  makeAuthority,
  readAuthority,
  writeSecretPem,
} from "./certificates.ts";

/** What a local consortium needs so that its banks speak over mutual TLS. */
export interface LocalCertificates {
  readonly authorities: string[];
  /** Each bank's port for the others. */
  readonly ports: ReadonlyMap<string, number>;
}

/** The authority in that folder, made when there is none yet. */
export async function readOrMakeAuthority(folder: string, consortium: string): Promise<Authority> {
  const paths = { certificate: join(folder, "certificate.pem"), key: join(folder, "key.pem") };
  const [certificate, key] = await Promise.all(
    [paths.certificate, paths.key].map((path) => readFile(path, "utf8").catch(() => undefined)),
  );
  if (certificate !== undefined && key !== undefined) return readAuthority(certificate, key);
  const made = await makeAuthority(consortium);
  await writeSecretPem(paths.key, made.keyPem);
  await writeFile(paths.certificate, made.certificatePem);
  return made;
}

/** Issues each bank of a local consortium a certificate for its next life. */
export async function issueLocalCertificates(
  banks: readonly string[],
  consortium: string,
  files: ConsortiumFiles,
): Promise<LocalCertificates> {
  const authority = await readOrMakeAuthority(files.authority, consortium);
  const ports = new Map<string, number>();
  for (const bank of banks) {
    const { tlsCertificate, tlsKey } = files.bank(bank);
    const issued = await issueCertificate(authority, { bank, hosts: ["127.0.0.1", "localhost"] });
    await writeSecretPem(tlsKey, issued.keyPem);
    await writeFile(tlsCertificate, issued.certificatePem);
    ports.set(bank, await findFreePort());
  }
  return { authorities: [authority.certificatePem], ports };
}
