import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { type MessageRefusal, verifyRequest } from "@pacto/contract/signing";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Contacts } from "./contacts.ts";
import type { Directory } from "./directory.ts";
import type { RefusedRequest } from "./keep-refused.ts";
import { bankOfCertificate } from "./mutual-tls.ts";
import { ReplayGuard } from "./replay-guard.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The bank whose signature over this request was verified. */
    peer?: string;
    /** Its message id, which the answer carries. */
    peerMessageId?: string;
  }
}

export type PeerRefusal =
  | MessageRefusal
  | "message-replayed"
  | "query-not-allowed"
  | "wrong-certificate"
  | "old-incarnation";

export interface PeerGuardOptions {
  readonly directory: Pick<Directory, "self" | "keys" | "incarnations">;
  readonly contacts: Contacts;
  /** Told of each request that is turned away, to keep it as evidence. */
  readonly keepRefused: (request: RefusedRequest) => void;
}

/**
 * Lets a request pass only when a member bank signed it, over the bytes as they came and before
 * anything parses them (ASVS 4.1.5). What is turned away is kept as evidence, in the log
 * and the audit: who claimed to send it, under which key and message id, from where, and why it was
 * refused; never its content.
 */
export function createPeerGuard({ directory, contacts, keepRefused }: PeerGuardOptions) {
  const replays = new ReplayGuard();

  function judge(request: FastifyRequest, body: Buffer): PeerRefusal | undefined {
    if (request.url.includes("?")) return "query-not-allowed";
    const nowMs = Date.now();
    const verdict = verifyRequest(
      { method: request.method, path: request.url, headers: request.headers, body },
      { self: directory.self, keys: directory.keys, nowMs },
    );
    if (!verdict.ok) return verdict.code;
    if (verdict.sender === directory.self) return "unknown-sender";
    if (!isOwnCertificate(request.raw.socket, verdict.sender)) return "wrong-certificate";
    if (!replays.isNew(verdict.sender, verdict.messageId, nowMs)) return "message-replayed";
    if (!directory.incarnations.isCurrent(verdict.sender, verdict.incarnation)) {
      return "old-incarnation";
    }
    request.peer = verdict.sender;
    request.peerMessageId = verdict.messageId;
    contacts.reached(verdict.sender);
    return undefined;
  }

  return async function guardPeerRequest(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const refusal = judge(request, body);
    if (refusal === undefined) return undefined;
    const refused = describe(request, refusal, body.length);
    request.log.warn(refused, "refused a request that claims to be from a bank");
    keepRefused(refused);
    return reply.code(401).send({ error: { code: refusal } });
  };
}

/** Where TLS is spoken, who signs must be who shows the certificate; its chain was verified before. */
function isOwnCertificate(socket: Socket, sender: string): boolean {
  if (!(socket instanceof TLSSocket)) return true;
  return bankOfCertificate(socket.getPeerCertificate()) === sender;
}

const KEPT_HEADERS = ["pacto-message-id", "pacto-receiver", "signature-input", "content-digest"];
const HEADER_LENGTH_MAX = 500;

function describe(request: FastifyRequest, refusal: PeerRefusal, bytes: number): RefusedRequest {
  const textOf = (name: string) => {
    const value = request.headers[name];
    return typeof value === "string" ? value.slice(0, HEADER_LENGTH_MAX) : "";
  };
  return {
    refusal,
    claimedSender: textOf("pacto-sender"),
    procedure: request.routeOptions.url?.replace("/trpc/", "") ?? "",
    headers: Object.fromEntries(KEPT_HEADERS.map((name) => [name, textOf(name)])),
    bytes,
    address: request.ip,
    correlationId: request.id,
  };
}
