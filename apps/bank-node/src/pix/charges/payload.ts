import { parseLocalDate, type LocalDate } from "@pacto/banking";
import { findMember, type ChargeView, type Manifest } from "@pacto/contract";
import { importPublicKey, type SigningKey } from "@pacto/contract/signing";
import { CompactSign, compactVerify, decodeProtectedHeader } from "jose";
import type { Bank } from "../../context.ts";
import { chargeBody, decimal } from "../bacen-api/charge-shape.ts";
import { dueOf } from "./due.ts";
import { selectByToken } from "./sql.ts";
import { viewCharge } from "./view-charge.ts";

const ALGORITHM = "EdDSA";

/**
 * The payload of a charge as a signed document (JWS), for whoever scans its code; null when there
 * is none. `payOn` is the day on which the payer means to pay.
 */
export async function chargePayload(
  bank: Bank,
  token: string,
  payOn?: LocalDate,
): Promise<string | null> {
  const stored = await selectByToken(bank.pools.api, token);
  if (stored === undefined) return null;
  const charge = viewCharge(bank, stored);
  const due = payOn === undefined ? charge.due : dueOf(charge.terms, payOn);
  const { signer } = bank.commit.parts;
  const payload = {
    ...chargeBody(charge),
    calendario: {
      ...(chargeBody(charge)["calendario"] as object),
      apresentacao: new Date().toISOString(),
    },
    valor: {
      ...(chargeBody(charge)["valor"] as object),
      ...(charge.terms.kind === "due" ? finalAmount(due) : {}),
    },
    // Beyond the API: what a payer's bank shows, and until when.
    pacto: { bank: bank.id, terms: charge.terms, due, expiresAt: charge.expiresAt },
  };
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader(headerOf(bank, signer))
    .sign(signer.privateKey);
}

function headerOf({ id, manifest }: Bank, { keyId }: SigningKey) {
  const origin = findMember(manifest, id)?.url ?? "";
  const jku = origin === "" ? {} : { jku: `${origin}/.well-known/jwks.json` };
  return { alg: ALGORITHM, typ: "JOSE", kid: keyId, ...jku };
}

function finalAmount(due: ChargeView["due"]): object {
  return {
    multa: decimal(due.fineCentavos),
    juros: decimal(due.interestCentavos),
    abatimento: decimal(due.rebateCentavos),
    desconto: decimal(due.discountCentavos),
    final: decimal(due.finalCentavos),
  };
}

/** The bank's keys as a JWK set, so that anyone can verify its payloads. */
export function jwksOf({ id, manifest }: Pick<Bank, "id" | "manifest">): object {
  const keys = findMember(manifest, id)?.publicKeys ?? [];
  return {
    keys: keys.map(({ keyId, publicKey }) => ({
      kty: "OKP",
      crv: "Ed25519",
      x: publicKey,
      kid: keyId,
      use: "sig",
      alg: ALGORITHM,
    })),
  };
}

/** Reads the day of `DPP`; undefined when it is none. */
export function readPayDay(text: unknown): LocalDate | undefined {
  return typeof text === "string" ? (parseLocalDate(text) ?? undefined) : undefined;
}

/**
 * What a payload says, when that bank's key of the manifest signed it; null otherwise.
 */
export async function verifyPayload(
  manifest: Manifest,
  bank: string,
  jws: string,
): Promise<unknown> {
  try {
    const { kid } = decodeProtectedHeader(jws);
    const key = findMember(manifest, bank)?.publicKeys.find(({ keyId }) => keyId === kid);
    if (key === undefined) return null;
    const options = { algorithms: [ALGORITHM] };
    const { payload } = await compactVerify(jws, importPublicKey(key.publicKey), options);
    return JSON.parse(new TextDecoder().decode(payload)) as unknown;
  } catch {
    return null;
  }
}
