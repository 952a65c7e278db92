import type { ChargeView, ReceivedPix, Refusal } from "@pacto/contract";
import type { AnyRouter } from "@trpc/server";
import { randomUUID } from "node:crypto";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { callProcedure } from "../../call-procedure.ts";
import type { Door } from "../../edge/door.ts";
import { contextOf, type PeopleRoutesOptions } from "../../people-routes.ts";
import { bacenProblem, type Act, type Subject, type Violation } from "./problem.ts";

export type Route = {
  Params: Record<string, string>;
  Querystring: Record<string, string | string[] | undefined>;
};

/** A failure on its way to becoming one of the API's problems. */
class Failed extends Error {
  readonly status: number;
  readonly refusal: Refusal | null;
  readonly violations: readonly Violation[] | undefined;

  constructor(status: number, refusal: Refusal | null, violations?: readonly Violation[]) {
    super(refusal?.code ?? `status ${status}`);
    this.status = status;
    this.refusal = refusal;
    this.violations = violations;
  }
}

/** One request of the API: its parts as the schemas read them, and the bank's procedures. */
export interface Asked {
  readonly params: Readonly<Record<string, string>>;
  /** @throws a failure with a violation for each thing that does not fit */
  body<Schema extends z.ZodType>(schema: Schema): z.output<Schema>;
  query<Schema extends z.ZodType>(schema: Schema): z.output<Schema>;
  /** The client's own key, or one for this request alone. */
  readonly key: string;
  call<Output>(procedure: string, type: "query" | "mutation", input: object): Promise<Output>;
  charge(procedure: string, type: "query" | "mutation", input: object): Promise<ChargeView>;
  /** Received PIX of a charge, for its `pix` list. */
  paymentsOf(charge: ChargeView): Promise<ReceivedPix[]>;
}

export interface Answered {
  readonly status?: 200 | 201 | 204;
  readonly body?: object;
}

/** Adds one path of the API; what fails in it becomes a problem about `subject`. */
export type AddPath = (
  method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE",
  url: string,
  about: { readonly subject: Subject; readonly act: Act },
  handle: (asked: Asked) => Promise<Answered>,
) => void;

/**
 * Lets paths of the Banco Central's PIX API be written as functions over the bank's procedures:
 * the same tokens, roles, schemas and refusals as `/trpc` and `/api`, in that API's own names.
 */
export function bacenPaths(app: FastifyInstance, options: PeopleRoutesOptions): AddPath {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_, body, done) => {
    done(null, body);
  });
  const send = (
    request: FastifyRequest,
    reply: FastifyReply,
    about: { readonly subject: Subject; readonly act: Act },
    failed: Failed,
  ) => {
    const { status, refusal, violations } = failed;
    const problem = bacenProblem({
      ...about,
      status,
      refusal,
      correlationId: request.id,
      ...(violations === undefined ? {} : { violations }),
    });
    return reply
      .code(problem.status)
      .type("application/problem+json")
      .send(JSON.stringify(problem));
  };
  const nothing = { subject: "Pix", act: "query" } as const;
  app.setNotFoundHandler((request, reply) => send(request, reply, nothing, new Failed(404, null)));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, "request failed");
    return send(request, reply, nothing, new Failed(status, null));
  });
  return (method, url, about, handle) => {
    app.route<Route>({
      method,
      url,
      async handler(request, reply) {
        try {
          const { status = 200, body } = await handle(askedOf(options, request));
          if (body === undefined) return await reply.code(status).send();
          return await reply.code(status).type("application/json").send(JSON.stringify(body));
        } catch (error) {
          if (error instanceof Failed) return send(request, reply, about, error);
          throw error;
        }
      },
    });
  };
}

function askedOf(options: PeopleRoutesOptions, request: FastifyRequest<Route>): Asked {
  const header = request.headers["idempotency-key"];
  const call = async <Output>(
    path: string,
    type: "query" | "mutation",
    input: object,
  ): Promise<Output> => {
    const { router, door }: { router: AnyRouter; door: Door } = options;
    const context = await contextOf(options, request);
    const knock = {
      actor: context.actor,
      address: request.ip,
      procedures: [path],
      urgency: type === "query" ? "read" : "begin",
    } as const;
    const turnedAway = door.admit(knock);
    if (turnedAway !== undefined) throw new Failed(429, turnedAway.refusal);
    const { status, body } = await callProcedure({
      router,
      path,
      type,
      getRawInput: () => input,
      context,
      onError: (error) => request.log.error({ err: error, procedure: path }, "procedure failed"),
    });
    if (status === 404) door.missed(knock);
    if (status === 200) return (body as { result: { data: Output } }).result.data;
    const { refusal } = (body as { error: { data: { refusal?: Refusal | null } } }).error.data;
    throw new Failed(status, refusal ?? null);
  };
  return {
    params: request.params,
    key: typeof header === "string" ? header : randomUUID(),
    body: (schema) => read(schema, bodyOf(request)),
    query: (schema) => read(schema, request.query),
    call,
    charge: async (procedure, type, input) =>
      (await call<{ charge: ChargeView }>(procedure, type, input)).charge,
    async paymentsOf({ txid, payment }) {
      if (payment === null) return [];
      const input = { txid, limit: 100 };
      return (await call<{ payments: ReceivedPix[] }>("pix.received", "query", input)).payments;
    },
  };
}

function bodyOf(request: FastifyRequest): unknown {
  try {
    return JSON.parse(typeof request.body === "string" ? request.body : "") as unknown;
  } catch {
    throw new Failed(400, null);
  }
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const violations = parsed.error.issues.map(({ path, message }) => ({
    razao: message,
    propriedade: path.join("."),
  }));
  throw new Failed(400, null, violations);
}
