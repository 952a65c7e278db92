import { createHash, randomUUID, sign as signBytes, verify as verifyBytes } from "node:crypto";
import type { KeyRing } from "./key-ring.ts";
import type { Signer } from "./statements.ts";

/** How far a message's time may lie from the receiver's clock, in seconds (R44). */
export const CLOCK_TOLERANCE_S = 60;

/** Why a message between banks was turned away before it was parsed. */
export type MessageRefusal =
  | "signature-missing"
  | "signature-malformed"
  | "digest-mismatch"
  | "wrong-receiver"
  | "unknown-sender"
  | "unknown-key"
  | "key-out-of-date"
  | "clock-skew"
  | "signature-invalid"
  | "wrong-message";

export type MessageHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Parties {
  readonly sender: string;
  readonly receiver: string;
  /** The sender's: a bank that was restored from a backup has a higher one (R49). */
  readonly incarnation: number;
  /** One per HTTP request; the answer carries its request's. */
  readonly messageId: string;
}

export interface SignedRequest {
  readonly method: string;
  /** The path without a query: our procedures take none. */
  readonly path: string;
  readonly body: string | Uint8Array;
}

export interface SignedResponse {
  readonly status: number;
  readonly body: string | Uint8Array;
  /** The request that is answered; its line and digest are covered too (RFC 9421, 2.4). */
  readonly request: SignedRequest;
}

export interface Verified extends Parties {
  readonly keyId: string;
  readonly createdAtMs: number;
}

export type Verdict =
  | ({ readonly ok: true } & Verified)
  | { readonly ok: false; readonly code: MessageRefusal };

/** A new message's id. */
export function newMessageId(): string {
  return randomUUID();
}

/** `Content-Digest` of RFC 9530 over the body's bytes. */
export function contentDigest(body: string | Uint8Array): string {
  return `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
}

const REQUEST_COMPONENTS =
  '("@method" "@path" "content-digest" "pacto-sender" "pacto-receiver" "pacto-incarnation" "pacto-message-id")';
const RESPONSE_COMPONENTS =
  '("@status" "content-digest" "pacto-sender" "pacto-receiver" "pacto-incarnation" "pacto-message-id"' +
  ' "@method";req "@path";req "content-digest";req)';

/**
 * Headers that sign a request between banks: RFC 9421 with one fixed profile. The algorithm is
 * Ed25519 whatever the message says, and the covered parts are always the same.
 */
export function signRequest(
  request: SignedRequest,
  parties: Parties,
  by: { readonly key: Signer; readonly nowMs: number },
): Record<string, string> {
  const digest = contentDigest(request.body);
  return signLines(requestLines(request, parties, digest), REQUEST_COMPONENTS, {
    ...by,
    parties,
    digest,
  });
}

/** Headers that sign an answer; `sender` is the answering bank. */
export function signResponse(
  response: SignedResponse,
  parties: Parties,
  by: { readonly key: Signer; readonly nowMs: number },
): Record<string, string> {
  const digest = contentDigest(response.body);
  return signLines(responseLines(response, parties, digest), RESPONSE_COMPONENTS, {
    ...by,
    parties,
    digest,
  });
}

export interface Receiver {
  readonly self: string;
  readonly keys: KeyRing;
  readonly nowMs: number;
}

/** Verifies a request over the body as it came, before anything in it is parsed. Never throws. */
export function verifyRequest(
  request: SignedRequest & { readonly headers: MessageHeaders },
  receiver: Receiver,
): Verdict {
  return verifyMessage(request, REQUEST_COMPONENTS, receiver, (parties, digest) =>
    requestLines(request, parties, digest),
  );
}

/** Verifies that `expected.sender` gave this answer to this request. Never throws. */
export function verifyResponse(
  response: SignedResponse & { readonly headers: MessageHeaders },
  expected: Pick<Parties, "sender" | "messageId">,
  receiver: Receiver,
): Verdict {
  const verdict = verifyMessage(response, RESPONSE_COMPONENTS, receiver, (parties, digest) =>
    responseLines(response, parties, digest),
  );
  if (!verdict.ok) return verdict;
  const isExpected = verdict.sender === expected.sender && verdict.messageId === expected.messageId;
  return isExpected ? verdict : { ok: false, code: "wrong-message" };
}

type Lines = readonly (readonly [component: string, value: string])[];

function requestLines(request: SignedRequest, parties: Parties, digest: string): Lines {
  return [
    ['"@method"', request.method.toUpperCase()],
    ['"@path"', request.path],
    ['"content-digest"', digest],
    ...partyLines(parties),
  ];
}

function responseLines(response: SignedResponse, parties: Parties, digest: string): Lines {
  const { request } = response;
  return [
    ['"@status"', String(response.status)],
    ['"content-digest"', digest],
    ...partyLines(parties),
    ['"@method";req', request.method.toUpperCase()],
    ['"@path";req', request.path],
    ['"content-digest";req', contentDigest(request.body)],
  ];
}

function partyLines(parties: Parties): Lines {
  return [
    ['"pacto-sender"', parties.sender],
    ['"pacto-receiver"', parties.receiver],
    ['"pacto-incarnation"', String(parties.incarnation)],
    ['"pacto-message-id"', parties.messageId],
  ];
}

/** RFC 9421, 2.5. */
function signatureBase(lines: Lines, parameters: string): Buffer {
  const covered = lines.map(([component, value]) => `${component}: ${value}`);
  return Buffer.from([...covered, `"@signature-params": ${parameters}`].join("\n"));
}

function signLines(
  lines: Lines,
  components: string,
  by: { key: Signer; nowMs: number; parties: Parties; digest: string },
): Record<string, string> {
  const created = Math.floor(by.nowMs / 1_000);
  const { keyId } = by.key;
  const parameters = `${components};created=${created};keyid="${keyId}";alg="ed25519";tag="pacto/1"`;
  const signature = signBytes(null, signatureBase(lines, parameters), by.key.privateKey);
  return {
    "content-digest": by.digest,
    "pacto-sender": by.parties.sender,
    "pacto-receiver": by.parties.receiver,
    "pacto-incarnation": String(by.parties.incarnation),
    "pacto-message-id": by.parties.messageId,
    "signature-input": `pacto=${parameters}`,
    signature: `pacto=:${signature.toString("base64")}:`,
  };
}

const PARAMETERS =
  /^pacto=(\([^()]{1,300}\));created=(\d{1,11});keyid="([A-Za-z0-9_-]{8,64})";alg="ed25519";tag="pacto\/1"$/;
const SIGNATURE = /^pacto=:([A-Za-z0-9+/]{85}[AQgw]==):$/;
const BANK = /^[a-z][a-z0-9-]{1,30}$/;
const INCARNATION = /^[1-9]\d{0,8}$/;
const MESSAGE_ID = /^[0-9a-f-]{36}$/;

interface Envelope extends Parties {
  readonly digest: string;
  readonly parameters: string;
  readonly components: string;
  readonly createdS: number;
  readonly keyId: string;
  readonly signature: Buffer;
}

/** Our one profile and nothing else: a fixed form needs no general parser to be fooled. */
function readEnvelope(headers: MessageHeaders): Envelope | MessageRefusal {
  const input = headers["signature-input"];
  const signatureHeader = headers["signature"];
  if (input === undefined || signatureHeader === undefined) return "signature-missing";
  const [sender, receiver, incarnation, messageId, digest] = [
    headers["pacto-sender"],
    headers["pacto-receiver"],
    headers["pacto-incarnation"],
    headers["pacto-message-id"],
    headers["content-digest"],
  ];
  const match = typeof input === "string" ? PARAMETERS.exec(input) : null;
  const encoded = typeof signatureHeader === "string" ? SIGNATURE.exec(signatureHeader) : null;
  const [, components, created, keyId] = match ?? [];
  const isWhole =
    typeof sender === "string" &&
    BANK.test(sender) &&
    typeof receiver === "string" &&
    BANK.test(receiver) &&
    typeof incarnation === "string" &&
    INCARNATION.test(incarnation) &&
    typeof messageId === "string" &&
    MESSAGE_ID.test(messageId) &&
    typeof digest === "string" &&
    components !== undefined &&
    keyId !== undefined &&
    encoded?.[1] !== undefined;
  if (!isWhole) return "signature-malformed";
  return {
    sender,
    receiver,
    incarnation: Number(incarnation),
    messageId,
    digest,
    components,
    keyId,
    parameters: String(input).slice("pacto=".length),
    createdS: Number(created),
    signature: Buffer.from(String(encoded[1]), "base64"),
  };
}

function verifyMessage(
  message: { readonly headers: MessageHeaders; readonly body: string | Uint8Array },
  components: string,
  receiver: Receiver,
  linesOf: (parties: Parties, digest: string) => Lines,
): Verdict {
  const refuse = (code: MessageRefusal): Verdict => ({ ok: false, code });
  const envelope = readEnvelope(message.headers);
  if (typeof envelope === "string") return refuse(envelope);
  if (envelope.components !== components) return refuse("signature-malformed");
  if (envelope.receiver !== receiver.self) return refuse("wrong-receiver");
  if (!receiver.keys.has(envelope.sender)) return refuse("unknown-sender");
  const key = receiver.keys.find(envelope.sender, envelope.keyId);
  if (key === undefined) return refuse("unknown-key");
  const createdAtMs = envelope.createdS * 1_000;
  if (createdAtMs < key.notBeforeMs || createdAtMs > key.notAfterMs) {
    return refuse("key-out-of-date");
  }
  if (Math.abs(createdAtMs - receiver.nowMs) > CLOCK_TOLERANCE_S * 1_000) {
    return refuse("clock-skew");
  }
  if (contentDigest(message.body) !== envelope.digest) return refuse("digest-mismatch");
  const base = signatureBase(linesOf(envelope, envelope.digest), envelope.parameters);
  if (!verifyBytes(null, base, key.publicKey, envelope.signature)) {
    return refuse("signature-invalid");
  }
  const { sender, incarnation, messageId, keyId } = envelope;
  const parties = { sender, receiver: envelope.receiver, incarnation, messageId };
  return { ok: true, ...parties, keyId, createdAtMs };
}
