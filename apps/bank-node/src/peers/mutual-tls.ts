import { readFile, stat } from "node:fs/promises";
import type { PeerCertificate, SecureContextOptions } from "node:tls";
import type { Manifest } from "@pacto/contract";
import type { NodeEnv } from "../env.ts";

/** What a bank needs to show to other banks who it is, and to see who they are. */
export interface MutualTls {
  readonly context: Pick<SecureContextOptions, "ca" | "cert" | "key" | "minVersion">;
  readonly port: number;
}

const BANK_NAME = "URI:urn:pacto:bank:";

/** The bank that a certificate was made for; undefined when it is for none, or for several. */
export function bankOfCertificate(
  certificate: Pick<PeerCertificate, "subjectaltname">,
): string | undefined {
  const names = (certificate.subjectaltname ?? "").split(", ");
  const banks = names.filter((name) => name.startsWith(BANK_NAME));
  return banks.length === 1 ? banks[0]?.slice(BANK_NAME.length) : undefined;
}

/**
 * This bank's certificate and key, where the manifest has authorities; undefined where it has none
 * and banks are known by their signatures alone.
 * @throws Error that says which variable or file is missing, or that the key is readable by others
 */
export async function readMutualTls(
  { authorities }: Pick<Manifest, "authorities">,
  env: NodeEnv,
): Promise<MutualTls | undefined> {
  if (authorities === undefined) return undefined;
  const { PACTO_TLS_CERTIFICATE_FILE: certificate, PACTO_TLS_KEY_FILE: key } = env;
  const port = env.PACTO_PEER_PORT;
  if (certificate === undefined || key === undefined || port === undefined) {
    throw new Error(
      "The manifest has authorities, so banks speak over mutual TLS: set " +
        "PACTO_TLS_CERTIFICATE_FILE, PACTO_TLS_KEY_FILE and PACTO_PEER_PORT.",
    );
  }
  const { mode } = await stat(key);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new Error(`The TLS key ${key} is readable by others: close it with "chmod 600 ${key}".`);
  }
  return {
    port,
    context: {
      ca: [...authorities],
      cert: await readFile(certificate, "utf8"),
      key: await readFile(key, "utf8"),
      minVersion: "TLSv1.3",
    },
  };
}
