import { signResponse, type Signer } from "@pacto/contract/signing";
import type { AnyRouter } from "@trpc/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { RequestOf } from "../people-routes.ts";
import type { PeerActor } from "../staff/actor.ts";
import { answerRefusal, callProcedure } from "../call-procedure.ts";
import type { Door, TurnedAway } from "../edge/door.ts";
import type { Urgency } from "../edge/pressure.ts";
import type { Contacts } from "./contacts.ts";
import type { Directory } from "./directory.ts";
import { createPeerGuard, type PeerGuardOptions } from "./verify-request.ts";

export interface PeerRoutesOptions {
  readonly router: AnyRouter;
  readonly createContext: (request: RequestOf<PeerActor>) => unknown;
  readonly directory: Pick<Directory, "self" | "keys" | "incarnations">;
  readonly signer: Signer;
  readonly contacts: Contacts;
  readonly door: Door;
  readonly keepRefused: PeerGuardOptions["keepRefused"];
}

/** Procedures of this namespace are for banks only. */
const PEER_NAMESPACE = "commit.";

const PEER_BODY_BYTES_MAX = 1024 * 1024;
/** Requests of one peer and urgency being answered at a time; a peer's own client sends eight. */
const IN_FLIGHT_PER_PEER = 32;

/** What the other procedures ask for are reads. */
const URGENCY: Readonly<Record<string, Urgency>> = {
  "commit.decide": "settle",
  "commit.inquire": "settle",
  "commit.promise": "settle",
  "commit.accept": "settle",
  "commit.recover": "settle",
  "commit.prepare": "promise",
};

/**
 * `POST /trpc/commit.*` between banks: tRPC's wire, but a front of our own, because each request
 * is verified over its raw bytes before it is parsed and each answer is signed as it is sent.
 */
export function registerPeerRoutes(app: FastifyInstance, options: PeerRoutesOptions): void {
  const guard = createPeerGuard(options);
  const inFlight = new Map<string, number>();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_, body, done) => {
    done(null, body);
  });
  for (const procedure of Object.keys(options.router._def.procedures)) {
    if (!procedure.startsWith(PEER_NAMESPACE)) continue;
    app.post(
      `/trpc/${procedure}`,
      { bodyLimit: PEER_BODY_BYTES_MAX, preHandler: guard },
      async (request, reply) => {
        const bank = request.peer ?? "";
        const urgency = URGENCY[procedure] ?? "read";
        const turnedAway = options.door.admit({
          actor: { kind: "peer", bank },
          address: request.ip,
          urgency,
          procedures: [procedure],
        });
        if (turnedAway !== undefined) return turnAway(options, turnedAway, reply);
        // Counted apart, so that what asks for promises never keeps out what ends them.
        const key = `${bank} ${urgency}`;
        const count = inFlight.get(key) ?? 0;
        if (count >= IN_FLIGHT_PER_PEER) return reply.code(429).send({ error: { code: "busy" } });
        inFlight.set(key, count + 1);
        try {
          return await answerPeer(options, procedure, request, reply);
        } finally {
          inFlight.set(key, (inFlight.get(key) ?? 1) - 1);
        }
      },
    );
  }
}

/** Unsigned, as nothing was looked at: for the caller this means "unknown", and later. */
function turnAway(
  { router }: PeerRoutesOptions,
  { refusal, retryAfterS }: TurnedAway,
  reply: FastifyReply,
): FastifyReply {
  const { status } = answerRefusal(router, refusal, undefined);
  return reply
    .code(status)
    .header("retry-after", retryAfterS)
    .send({ error: { code: refusal.code } });
}

async function answerPeer(
  { router, createContext, directory, signer }: PeerRoutesOptions,
  procedure: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const peer = request.peer ?? "";
  const body = request.body as Buffer;
  const context = createContext({
    actor: { kind: "peer", bank: peer },
    correlationId: request.id,
    address: request.ip,
  });
  const answer = await callProcedure({
    router,
    path: procedure,
    type: "mutation",
    getRawInput: () => JSON.parse(body.toString("utf8")) as unknown,
    context,
    onError: (error) => request.log.error({ err: error, peer, procedure }, "peer procedure failed"),
  });
  const text = JSON.stringify(answer.body);
  const headers = signResponse(
    {
      status: answer.status,
      body: text,
      request: { method: request.method, path: request.url, body },
    },
    {
      sender: directory.self,
      receiver: peer,
      incarnation: directory.incarnations.own,
      messageId: request.peerMessageId ?? "",
    },
    { key: signer, nowMs: Date.now() },
  );
  return reply.code(answer.status).headers(headers).type("application/json").send(text);
}
