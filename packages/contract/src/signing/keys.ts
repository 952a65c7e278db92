import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from "node:crypto";
import { link, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** A bank's Ed25519 key, able to sign. */
export interface SigningKey {
  readonly keyId: string;
  /** Raw 32 bytes in base64url, as in a manifest. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** A private key that cannot be used; the message says what to do. */
export class KeyFileError extends Error {
  override readonly name = "KeyFileError";
}

/** Makes a new Ed25519 key. */
export function generateSigningKey(): SigningKey {
  return signingKeyOf(generateKeyPairSync("ed25519").privateKey);
}

/**
 * The id of a public key: its JWK thumbprint (RFC 7638 with the members of RFC 8037), so that
 * anyone derives the same id from the same key.
 */
export function keyIdOf(publicKey: string): string {
  const jwk = `{"crv":"Ed25519","kty":"OKP","x":"${publicKey}"}`;
  return createHash("sha256").update(jwk).digest("base64url");
}

/** A manifest's raw base64url public key as a key that `node:crypto` verifies with. */
export function importPublicKey(publicKey: string): KeyObject {
  return createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x: publicKey } });
}

/** Reads a PEM (PKCS #8) private key. @throws KeyFileError when it is no Ed25519 private key */
export function importSigningKey(pem: string, source: string): SigningKey {
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch (cause) {
    throw new KeyFileError(`${source} holds no PEM private key; make one with "pacto keys".`, {
      cause,
    });
  }
  if (privateKey.asymmetricKeyType !== "ed25519") {
    throw new KeyFileError(
      `${source} holds a key of type ${privateKey.asymmetricKeyType ?? "unknown"}; ` +
        'banks sign with Ed25519. Make one with "pacto keys".',
    );
  }
  return signingKeyOf(privateKey);
}

/** The private key as PEM (PKCS #8), to be written to a file of mode 0600 and nowhere else. */
export function exportPrivateKey(key: SigningKey): string {
  return key.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
}

/**
 * Loads a bank's private key.
 * @throws KeyFileError when the file is missing, readable by others or no Ed25519 key
 */
export async function loadSigningKey(path: string): Promise<SigningKey> {
  const mode = await stat(path).then(
    (found) => found.mode,
    (cause: unknown) => {
      throw new KeyFileError(`There is no private key at ${path}; make one with "pacto keys".`, {
        cause,
      });
    },
  );
  // Windows has no such bits; there the directory's own access list protects the key.
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new KeyFileError(
      `The private key ${path} is readable by others (mode ${(mode & 0o777).toString(8)}). ` +
        `Close it with "chmod 600 ${path}"; if others may have read it, make a new one.`,
    );
  }
  return importSigningKey(await readFile(path, "utf8"), path);
}

/**
 * Writes a private key to a new file of mode 0600, whole or not at all.
 * An existing file is never overwritten.
 */
export async function saveSigningKey(path: string, key: SigningKey): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, "wx", 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(exportPrivateKey(key));
    await file.sync();
    // Unlike a rename, a link refuses to replace what is there.
    await link(draft, path);
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
}

function signingKeyOf(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey).export({ format: "jwk" }).x;
  if (publicKey === undefined) throw new Error("An Ed25519 key has no x");
  return { keyId: keyIdOf(publicKey), publicKey, privateKey };
}
