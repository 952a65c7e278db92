import type { AnyRouter, TRPCError } from "@trpc/server";
import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { answerRefusal, type ProcedureAnswer } from "./call-procedure.ts";
import type { Door } from "./edge/door.ts";
import type { Actor } from "./staff/actor.ts";
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
      if (isForAdapter(router, request, names)) return answerByAdapter(options, request, reply);
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
function isForAdapter(
  router: AnyRouter,
  { headers, query }: FastifyRequest<TrpcRoute>,
  names: readonly string[],
): boolean {
  return (
    headers["trpc-accept"] !== undefined ||
    (headers.accept?.includes("application/jsonl") ?? false) ||
    query["connectionParams"] !== undefined ||
    names.some((name) => findProcedure(router, name)?._def.type === "subscription")
  );
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
