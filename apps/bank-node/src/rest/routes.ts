import { createHash } from "node:crypto";
import type { Refusal } from "@pacto/contract";
import type { AnyRouter } from "@trpc/server";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { answerRefusal, callProcedure } from "../call-procedure.ts";
import type { Door } from "../edge/door.ts";
import { contextOf, type PeopleRoutesOptions } from "../people-routes.ts";
import { openApiDocument } from "./document.ts";
import { restOperations, type RestOperation } from "./operations.ts";
import { localeOf, problemOf } from "./problem.ts";
import { readInput } from "./read-input.ts";

interface RestRoute {
  Params: Record<string, string>;
  Querystring: Record<string, string | string[]>;
}

interface ErrorBody {
  readonly error: { readonly data: { readonly refusal?: Refusal | null } };
}

/**
 * `/api/*`: every procedure that has a path, for programs that do not speak tRPC. The same context,
 * roles, schemas and refusals; errors are problem details (RFC 9457), mutations take their key from
 * the header `Idempotency-Key`, reads carry an ETag.
 */
export function registerRestRoutes(app: FastifyInstance, options: PeopleRoutesOptions): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_, body, done) => {
    done(null, body);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, 404, null));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, "request failed");
    return sendProblem(request, reply, status, null);
  });
  let document: string | undefined;
  app.get("/openapi.json", (request, reply) => {
    document ??= JSON.stringify(openApiDocument(options.router));
    return sendRead(request, reply, document);
  });
  for (const operation of restOperations(options.router)) {
    app.route<RestRoute>({
      method: operation.method,
      exposeHeadRoute: false,
      url: operation.path.replaceAll(/\{(\w+)\}/g, ":$1"),
      handler: (request, reply) => answer(operation, options, request, reply),
    });
  }
}

async function answer(
  operation: RestOperation,
  options: PeopleRoutesOptions,
  request: FastifyRequest<RestRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { router, door }: { router: AnyRouter; door: Door } = options;
  const key = request.headers["idempotency-key"];
  const context = await contextOf(options, request);
  const knock = {
    actor: context.actor,
    address: request.ip,
    urgency: operation.type === "query" ? "read" : "begin",
    procedures: [operation.procedure],
  } as const;
  const turnedAway = door.admit(knock);
  if (turnedAway !== undefined) {
    const { refusal, retryAfterS } = turnedAway;
    void reply.header("retry-after", retryAfterS);
    const { status } = answerRefusal(router, refusal, context);
    return sendProblem(request, reply, status, refusal);
  }
  const { status, body } = await callProcedure({
    router,
    path: operation.procedure,
    type: operation.type,
    getRawInput: () =>
      readInput(operation, {
        params: request.params,
        query: request.query,
        body: typeof request.body === "string" ? request.body : "",
        idempotencyKey: typeof key === "string" ? key : undefined,
      }),
    context,
    onError: (error) =>
      request.log.error({ err: error, procedure: operation.procedure }, "procedure failed"),
  });
  if (status === 404) door.missed(knock);
  if (status !== 200) {
    return sendProblem(request, reply, status, (body as ErrorBody).error.data.refusal ?? null);
  }
  const { result } = body as { result: { data: unknown } };
  const text = JSON.stringify(result.data);
  if (operation.type === "query") return sendRead(request, reply, text);
  return reply.code(200).type("application/json").send(text);
}

/** A caller that holds the same answer already is spared it. */
function sendRead(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply {
  const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;
  reply.header("etag", etag).header("cache-control", "private, no-cache");
  if (request.headers["if-none-match"] === etag) return reply.code(304).send();
  return reply.code(200).type("application/json").send(text);
}

function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  refusal: Refusal | null,
): FastifyReply {
  const locale = localeOf(request.headers["accept-language"]);
  const problem = problemOf({ status, refusal, correlationId: request.id, locale });
  return reply
    .code(status)
    .header("content-language", locale)
    .type("application/problem+json")
    .send(JSON.stringify(problem));
}
