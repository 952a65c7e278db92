import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { dirname } from "node:path";
import * as x509 from "@peculiar/x509";

/** Who vouches for the banks' certificates: for tests and demos; a real consortium has its own. */
export interface Authority {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly certificate: x509.X509Certificate;
  readonly keys: CryptoKeyPair;
}

export interface BankCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

type CryptoKeyPair = webcrypto.CryptoKeyPair;

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3_650;
/** Machines whose clocks are a little behind must not find a new certificate too young. */
const CLOCK_MS = 300_000;

function validFor(days: number): Validity {
  const now = Date.now();
  return { notBefore: new Date(now - CLOCK_MS), notAfter: new Date(now + days * DAY_MS) };
}

/** Makes a certificate authority of a consortium, for ten years. */
export async function makeAuthority(consortium: string): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=Pacto consortium ${consortium}`,
    ...validFor(AUTHORITY_DAYS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificate,
    keys,
    certificatePem: `${certificate.toString("pem")}\n`,
    keyPem: await privatePem(keys.privateKey),
  };
}

/**
 * A bank's certificate for both ends of a connection. The bank's id is in the subject's alternative
 * names, which the other side compares with who signs; hosts are for other programs that look.
 */
export async function issueCertificate(
  authority: Pick<Authority, "certificate" | "keys">,
  { bank, hosts, validity }: BankNames,
): Promise<BankCertificate> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const usages = [x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth];
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${bank}`,
    issuer: authority.certificate.subject,
    ...(validity ?? validFor(CERTIFICATE_DAYS)),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension(usages, false),
      new x509.SubjectAlternativeNameExtension([
        { type: "url", value: `urn:pacto:bank:${bank}` },
        ...hosts.map((value) => ({ type: isIP(value) === 0 ? "dns" : "ip", value }) as const),
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate),
    ],
  });
  return {
    certificatePem: `${certificate.toString("pem")}\n`,
    keyPem: await privatePem(keys.privateKey),
  };
}

const CERTIFICATE_DAYS = 397;

export interface BankNames {
  readonly bank: string;
  readonly hosts: readonly string[];
  /** A year and a month from now unless given. */
  readonly validity?: Validity;
}

/** Reads an authority again that `makeAuthority` made. @throws Error when the files are no pair */
export async function readAuthority(certificatePem: string, keyPem: string): Promise<Authority> {
  const certificate = new x509.X509Certificate(certificatePem);
  const [encoded] = x509.PemConverter.decode(keyPem);
  if (encoded === undefined) throw new Error("The authority's key is no PEM private key.");
  const { subtle } = webcrypto;
  const privateKey = await subtle.importKey("pkcs8", encoded, ALGORITHM, true, ["sign"]);
  const publicKey = await certificate.publicKey.export(ALGORITHM, ["verify"]);
  return { certificate, certificatePem, keyPem, keys: { privateKey, publicKey } };
}

/** Writes a secret whole, for its owner alone (0600). */
export async function writeSecretPem(path: string, pem: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, pem, { mode: 0o600 });
  await chmod(path, 0o600);
}

async function privatePem(key: CryptoKeyPair["privateKey"]): Promise<string> {
  const encoded = await webcrypto.subtle.exportKey("pkcs8", key);
  return `${x509.PemConverter.encode(encoded, "PRIVATE KEY")}\n`;
}
