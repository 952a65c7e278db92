import { generateKeyPairSync, sign, verify } from "node:crypto";
import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  generateSigningKey,
  importPublicKey,
  importSigningKey,
  keyIdOf,
  loadSigningKey,
  saveSigningKey,
} from "./keys.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pacto-keys-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("signing keys", () => {
  it("verify with the public key of the manifest what the private key signed", () => {
    const key = generateSigningKey();
    const signature = sign(null, Buffer.from("a decision"), key.privateKey);
    const publicKey = importPublicKey(key.publicKey);
    expect(verify(null, Buffer.from("a decision"), publicKey, signature)).toBe(true);
    expect(verify(null, Buffer.from("a decisioN"), publicKey, signature)).toBe(false);
  });

  it("take the thumbprint of RFC 8037, appendix A.3, as id", () => {
    expect(keyIdOf("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")).toBe(
      "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
    );
  });

  it("are found again in a file that only the owner reads", async () => {
    const key = generateSigningKey();
    const path = join(folder, "azul", "key.pem");
    await saveSigningKey(path, key);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await loadSigningKey(path)).publicKey).toBe(key.publicKey);
  });

  it("never overwrite an existing key", async () => {
    const path = join(folder, "once.pem");
    const first = generateSigningKey();
    await saveSigningKey(path, first);
    await expect(saveSigningKey(path, generateSigningKey())).rejects.toThrow("EEXIST");
    expect((await loadSigningKey(path)).keyId).toBe(first.keyId);
  });

  it("are refused from a file that others can read, and from a missing one", async () => {
    const path = join(folder, "open.pem");
    await saveSigningKey(path, generateSigningKey());
    await chmod(path, 0o644);
    await expect(loadSigningKey(path)).rejects.toThrow(/readable by others.*chmod 600/);
    await expect(loadSigningKey(join(folder, "none.pem"))).rejects.toThrow("no private key");
  });

  it("are refused when they are of another kind", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const pem = rsa.export({ format: "pem", type: "pkcs8" }).toString();
    expect(() => importSigningKey(pem, "rsa.pem")).toThrow("banks sign with Ed25519");
    expect(() => importSigningKey("nonsense", "x.pem")).toThrow("holds no PEM private key");
  });
});
