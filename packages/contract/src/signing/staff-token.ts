import { randomUUID } from "node:crypto";
import { decodeJwt, errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { staffRoles } from "../manifest/schema.ts";
import { bankId, freeText } from "../scalars.ts";
import { CLOCK_TOLERANCE_S } from "./message-signature.ts";
import type { KeyRing } from "./key-ring.ts";
import type { SigningKey } from "./keys.ts";

/** How long a bank's token lets a member of its staff act: what is stolen dies within minutes. */
export const STAFF_TOKEN_SECONDS = 180;

/** No bank accepts a token that was made for longer, whoever signed it. */
export const STAFF_TOKEN_SECONDS_MAX = 600;

const ALGORITHM = "EdDSA";
const TYPE = "pacto-staff+jwt";

/** What a bank says of a member of its staff, to one bank. */
export const staffClaims = z.object({
  /** The home bank, which signs. */
  iss: bankId,
  /** The one bank that may accept it: another one cannot use what it was shown. */
  aud: bankId,
  /** The person's id at the home bank. */
  sub: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  name: freeText(120).min(1),
  roles: z.array(z.enum(staffRoles)).max(staffRoles.length),
  /** The session at the home bank; when it ends, the home bank's nodes refuse its tokens. */
  sid: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  jti: z.string().min(8).max(64),
  iat: z.int(),
  exp: z.int(),
});
export type StaffClaims = z.infer<typeof staffClaims>;

export type StaffTokenRefusal =
  | "malformed"
  | "unknown-bank"
  | "unknown-key"
  | "wrong-algorithm"
  | "signature-invalid"
  | "wrong-audience"
  | "expired"
  | "too-long-lived"
  | "key-out-of-date";

export type StaffTokenVerdict =
  | { readonly ok: true; readonly claims: StaffClaims }
  | { readonly ok: false; readonly code: StaffTokenRefusal };

export interface TokenTimes {
  readonly nowMs: number;
  /** At most STAFF_TOKEN_SECONDS_MAX. */
  readonly seconds?: number;
}

/** A token for one member of a bank's staff towards one bank. */
export function signStaffToken(
  claims: Pick<StaffClaims, "iss" | "aud" | "sub" | "name" | "roles" | "sid">,
  key: Pick<SigningKey, "keyId" | "privateKey">,
  { nowMs, seconds = STAFF_TOKEN_SECONDS }: TokenTimes,
): Promise<string> {
  const iat = Math.floor(nowMs / 1_000);
  return new SignJWT({ ...claims, jti: randomUUID(), iat, exp: iat + seconds })
    .setProtectedHeader({ alg: ALGORITHM, kid: key.keyId, typ: TYPE })
    .sign(key.privateKey);
}

/**
 * Verifies a token with the keys that the manifest gives its issuer. The algorithm is fixed, so
 * that a token cannot choose how it is verified. Never throws for what the token holds.
 */
export async function verifyStaffToken(
  token: string,
  { self, keys, nowMs }: { readonly self: string; readonly keys: KeyRing; readonly nowMs: number },
): Promise<StaffTokenVerdict> {
  const refuse = (code: StaffTokenRefusal): StaffTokenVerdict => ({ ok: false, code });
  const issuer = claimedIssuer(token);
  if (issuer === undefined) return refuse("malformed");
  if (!keys.has(issuer)) return refuse("unknown-bank");
  let keyId = "";
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid = "" }) => {
        keyId = kid;
        const key = keys.find(issuer, kid);
        if (key === undefined) throw new UnknownKey();
        return key.publicKey;
      },
      {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer,
        audience: self,
        currentDate: new Date(nowMs),
        requiredClaims: ["exp", "iat", "sub", "sid", "jti"],
      },
    );
    const claims = staffClaims.safeParse(payload);
    if (!claims.success) return refuse("malformed");
    const code = timesRefusal(claims.data, keys.find(issuer, keyId), nowMs);
    return code === undefined ? { ok: true, claims: claims.data } : refuse(code);
  } catch (error) {
    return refuse(refusalOf(error));
  }
}

class UnknownKey extends Error {
  override readonly name = "UnknownKey";
}

function claimedIssuer(token: string): string | undefined {
  try {
    return bankId.safeParse(decodeJwt(token).iss).data;
  } catch {
    return undefined;
  }
}

function timesRefusal(
  { iat, exp }: StaffClaims,
  key: ReturnType<KeyRing["find"]>,
  nowMs: number,
): StaffTokenRefusal | undefined {
  if (exp - iat > STAFF_TOKEN_SECONDS_MAX) return "too-long-lived";
  // A token from the future would outlive its bound by as much.
  if (iat * 1_000 - nowMs > CLOCK_TOLERANCE_S * 1_000) return "too-long-lived";
  const isInTime =
    key !== undefined && iat * 1_000 >= key.notBeforeMs && iat * 1_000 <= key.notAfterMs;
  return isInTime ? undefined : "key-out-of-date";
}

function refusalOf(error: unknown): StaffTokenRefusal {
  if (error instanceof UnknownKey) return "unknown-key";
  if (error instanceof errors.JWTExpired) return "expired";
  if (error instanceof errors.JOSEAlgNotAllowed) return "wrong-algorithm";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "signature-invalid";
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === "aud") {
    return "wrong-audience";
  }
  return "malformed";
}
