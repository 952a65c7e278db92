import type { AnyRouter, TRPCError } from "@trpc/server";
import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { answerRefusal, type ProcedureAnswer } from "./call-procedure.ts";
import type { Door } from "./edge/door.ts";
import { type Actor, actorScope } from "./staff/actor.ts";
import { authenticate, type IdentitySource } from "./staff/authenticate.ts";
import { answerTrpc, findProcedure, proceduresOf } from "./trpc-front.ts";

interface RequestContext {
  readonly actor: Actor;
}

/** What is known of a request before its input is read. */
export interface RequestOf<Who extends Actor> {
  readonly actor: Who;
  readonly correlationId: string;
  readonly address: string;
  readonly device?: string | undefined;
}

export interface PeopleRoutesOptions {
  readonly router: AnyRouter;
  readonly createContext: (request: RequestOf<Actor>) => RequestContext;
  readonly identity: IdentitySource;
  readonly door: Door;
  /** How often a stream's reader is looked at again; 5 s where absent. */
  readonly identityEveryMs?: number;
}

const BATCH_MAX = 10;
const DEVICE_MAX = 300;

interface TrpcRoute {
  Params: { path: string };
  Querystring: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * `/trpc/*` for people: JSON and nothing else. Single and batched calls take the short way (tRPC's
 * adapter alone costs ten times what a deposit costs); what streams goes through the adapter.
 */
export function registerPeopleRoutes(app: FastifyInstance, options: PeopleRoutesOptions): void {
  const { router, door } = options;
  app.addHook("preClose", async () => door.streams.endAll());
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_, body, done) => {
    done(null, body);
  });

  app.route<TrpcRoute>({
    method: ["GET", "POST"],
    // HEAD would be a request whose procedure nobody named: there is none.
    exposeHeadRoute: false,
    url: "/trpc/:path",
    async handler(request, reply) {
      const { path } = request.params;
      const isPost = request.method === "POST";
      // A body that says nothing of its type could come from any page by a simple request.
      if (isPost && request.headers["content-type"] === undefined) {
        return reply.code(415).send({ error: { code: "only-json", correlationId: request.id } });
      }
      const isBatch = firstOf(request.query["batch"]) === "1";
      const names = proceduresOf({ path, isBatch });
      const context = await contextOf(options, request);
      const knock = {
        actor: context.actor,
        address: request.ip,
        urgency: isPost ? "begin" : "read",
        procedures: names,
      } as const;
      const turnedAway = door.admit(knock);
      if (turnedAway !== undefined) {
        void reply.header("retry-after", turnedAway.retryAfterS);
        return send(reply, answerRefusal(router, turnedAway.refusal, context));
      }
      if (names.some((name) => isStream(router, name))) {
        return answerByStream(options, { request, reply, actor: context.actor });
      }
      if (isForAdapter(request)) return answerByAdapter(options, request, reply);
      const text = isPost ? request.body : firstOf(request.query["input"]);
      const answer = await answerTrpc(
        {
          method: request.method,
          path,
          isBatch,
          text: typeof text === "string" ? text : undefined,
        },
        {
          router,
          batchMax: BATCH_MAX,
          context,
          onError: (error, procedure) => logFailure(request, error, procedure),
        },
      );
      if (answer.status === 404) door.missed(knock);
      return send(reply, answer);
    },
  });
}

/** Who asks, and under which correlation id: what every procedure for people starts from. */
export async function contextOf(
  options: PeopleRoutesOptions,
  request: FastifyRequest,
): Promise<RequestContext> {
  return options.createContext({
    actor: await authenticate(request.headers, options.identity),
    correlationId: request.id,
    address: request.ip,
    device: request.headers["user-agent"]?.slice(0, DEVICE_MAX),
  });
}

function send(reply: FastifyReply, { status, body }: ProcedureAnswer): FastifyReply {
  return reply.code(status).type("application/json").send(JSON.stringify(body));
}

function logFailure(request: FastifyRequest, error: TRPCError, procedure: string | undefined) {
  request.log.error({ err: error, procedure }, "procedure failed");
}

/** What streams its answer, or carries what only tRPC's own adapter reads. */
function isForAdapter({ headers, query }: FastifyRequest<TrpcRoute>): boolean {
  return (
    headers["trpc-accept"] !== undefined ||
    (headers.accept?.includes("application/jsonl") ?? false) ||
    query["connectionParams"] !== undefined
  );
}

function isStream(router: AnyRouter, name: string): boolean {
  return findProcedure(router, name)?._def.type === "subscription";
}

/** How soon a stream ends after its reader's session did, or after a role was taken away. */
const IDENTITY_EVERY_MS = 5_000;

/**
 * An answer that stays open. It was let in by who asked for it, so it ends as soon as the same
 * credentials do not prove the same person with the same roles any more.
 */
async function answerByStream(
  options: PeopleRoutesOptions,
  asked: {
    readonly request: FastifyRequest<TrpcRoute>;
    readonly reply: FastifyReply;
    readonly actor: Actor;
  },
): Promise<FastifyReply> {
  const { request, reply, actor } = asked;
  const { streams } = options.door;
  const person = actor.kind === "staff" ? actorScope(actor) : request.ip;
  if (!streams.hasRoomFor(person)) {
    const { refusal, retryAfterS } = options.door.refuseStream();
    void reply.header("retry-after", retryAfterS);
    return send(reply, answerRefusal(options.router, refusal, undefined));
  }
  const end = () => void reply.raw.destroy();
  const forget = streams.add(person, end);
  const was = JSON.stringify(actor);
  const timer = setInterval(() => {
    void authenticate(request.headers, options.identity).then(
      (now) => JSON.stringify(now) === was || end(),
      end,
    );
  }, options.identityEveryMs ?? IDENTITY_EVERY_MS).unref();
  reply.raw.once("close", () => {
    clearInterval(timer);
    forget();
  });
  // Proxies that gather an answer before they pass it on would hold every event back.
  void reply.header("x-accel-buffering", "no");
  return answerByAdapter(options, request, reply);
}

async function answerByAdapter(
  options: PeopleRoutesOptions,
  request: FastifyRequest<TrpcRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  await fastifyRequestHandler({
    router: options.router,
    req: request,
    res: reply,
    path: request.params.path,
    createContext: () => contextOf(options, request),
    maxBatchSize: BATCH_MAX,
    allowMethodOverride: false,
    onError: ({ error, path }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") logFailure(request, error, path);
    },
  });
  return reply;
}

/** Of a parameter that is given several times the first counts, as for tRPC. */
function firstOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "object" ? value[0] : value;
}
