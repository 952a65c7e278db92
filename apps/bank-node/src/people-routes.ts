import type { AnyRouter } from "@trpc/server";
import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { callProcedure } from "./call-procedure.ts";
import type { Actor } from "./staff/actor.ts";
import { authenticate, type IdentitySource } from "./staff/authenticate.ts";

/** What is known of a request before its input is read. */
export interface RequestOf<Who extends Actor> {
  readonly actor: Who;
  readonly correlationId: string;
  readonly address: string;
}

export interface PeopleRoutesOptions {
  readonly router: AnyRouter;
  readonly createContext: (request: RequestOf<Actor>) => object;
  readonly identitySources: readonly IdentitySource[];
}

const BATCH_MAX = 10;

interface TrpcRoute {
  Params: { path: string };
  Querystring: { batch?: string; input?: string };
}

/**
 * `/trpc/*` for people. A single call takes the short way (tRPC's adapter alone costs ten times
 * what a deposit costs); batches and subscriptions go through tRPC's own adapter.
 */
export function registerPeopleRoutes(app: FastifyInstance, options: PeopleRoutesOptions): void {
  const { router } = options;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_, body, done) => {
    done(null, body);
  });

  app.route<TrpcRoute>({
    method: ["GET", "POST"],
    url: "/trpc/:path",
    async handler(request, reply) {
      const isSingle =
        request.query.batch === undefined && !isSubscription(router, request.params.path);
      if (isSingle) return answerOne(router, request, reply, contextOf(options, request));
      await fastifyRequestHandler({
        router,
        req: request,
        res: reply,
        path: request.params.path,
        createContext: () => contextOf(options, request),
        maxBatchSize: BATCH_MAX,
        allowMethodOverride: false,
        onError: ({ error, path }) => {
          if (error.code === "INTERNAL_SERVER_ERROR") {
            request.log.error({ err: error, procedure: path }, "procedure failed");
          }
        },
      });
      return reply;
    },
  });
}

/** Who asks, and under which correlation id: what every procedure for people starts from. */
export function contextOf(options: PeopleRoutesOptions, request: FastifyRequest): object {
  return options.createContext({
    actor: authenticate(request.headers, options.identitySources),
    correlationId: request.id,
    address: request.ip,
  });
}

async function answerOne(
  router: AnyRouter,
  request: FastifyRequest<TrpcRoute>,
  reply: FastifyReply,
  context: object,
): Promise<FastifyReply> {
  const { path } = request.params;
  const isQuery = request.method === "GET";
  const text = isQuery ? request.query.input : request.body;
  const answer = await callProcedure({
    router,
    path,
    type: isQuery ? "query" : "mutation",
    getRawInput: () =>
      typeof text === "string" && text !== "" ? (JSON.parse(text) as unknown) : undefined,
    context,
    onError: (error) => request.log.error({ err: error, procedure: path }, "procedure failed"),
  });
  return reply.code(answer.status).type("application/json").send(JSON.stringify(answer.body));
}

interface Procedure {
  readonly _def: { readonly type: string };
}

function isSubscription(router: AnyRouter, path: string): boolean {
  const procedures = router._def.procedures as Readonly<Record<string, Procedure>>;
  return Object.hasOwn(procedures, path) && procedures[path]?._def.type === "subscription";
}
