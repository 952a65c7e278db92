import { type MessageRefusal, verifyRequest } from "@pacto/contract/signing";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Contacts } from "./contacts.ts";
import type { Directory } from "./directory.ts";
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
  | "old-incarnation";

/**
 * Lets a request pass only when a member bank signed it, over the bytes as they came and before
 * anything parses them (ASVS 4.1.5). What is turned away is kept in the log as evidence: who
 * claimed to send it, under which key and message id, and why it was refused; never its content.
 */
export function createPeerGuard(directory: Directory, contacts: Contacts) {
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
    const { headers } = request;
    request.log.warn(
      {
        refusal,
        claimedSender: headers["pacto-sender"],
        messageId: headers["pacto-message-id"],
        signatureInput: headers["signature-input"],
        contentDigest: headers["content-digest"],
        bytes: body.length,
      },
      "refused a request that claims to be from a bank",
    );
    return reply.code(401).send({ error: { code: refusal } });
  };
}
