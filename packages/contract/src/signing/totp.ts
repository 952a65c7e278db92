import { createHmac } from "node:crypto";

/** An authenticator's code changes this often. */
export const TOTP_STEP_SECONDS = 30;

/** The code of RFC 6238 (SHA-1, six digits, 30 s) that an authenticator shows at that time. */
export function totpCode(secret: string | Uint8Array, nowMs: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(nowMs / 1_000 / TOTP_STEP_SECONDS)));
  const digest = createHmac("sha1", secret).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0x0f;
  const number = digest.readUInt32BE(offset) & 0x7f_ff_ff_ff;
  return String(number % 1_000_000).padStart(6, "0");
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The secret in an authenticator's address (`otpauth://totp/…?secret=…`), as bytes. */
export function totpSecretOf(uri: string): Uint8Array {
  const text = (new URL(uri).searchParams.get("secret") ?? "").toUpperCase().replace(/=+$/, "");
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const letter of text) {
    buffer = ((buffer << 5) | BASE32.indexOf(letter)) & 0xff_ff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((buffer >> bits) & 0xff);
  }
  return Uint8Array.from(bytes);
}
