import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { TlsOptions } from "node:tls";
import type { StatusOutput } from "@pacto/contract";
import {
  LogController,
  fastify,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
} from "fastify";
import { boundConnections } from "./edge/bound-connections.ts";
import type { MutualTls } from "./peers/mutual-tls.ts";
import { type PeerRoutesOptions, registerPeerRoutes } from "./peers/routes.ts";
import { type PeopleRoutesOptions, registerPeopleRoutes } from "./people-routes.ts";
import { registerBacenApi } from "./pix/bacen-api/routes.ts";
import { registerPayloadRoutes } from "./pix/charges/payload-routes.ts";
import { registerDocs } from "./rest/docs.ts";
import { registerRestRoutes } from "./rest/routes.ts";

export interface ServerOptions {
  readonly logger: FastifyBaseLogger;
  readonly readStatus: () => Promise<StatusOutput>;
  /** Prometheus' text. */
  readonly readMetrics: () => Promise<string>;
  /** Whose word about a caller's address is taken: proxies before this node. */
  readonly trustedProxies: string;
  readonly people: PeopleRoutesOptions;
  /** Undefined where banks have a server of their own. */
  readonly peers: PeerRoutesOptions | undefined;
}

// Bounds of reliability 10.4: Node's own defaults are generous to whoever sends slowly.
const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 15_000;
const LATE_CHECK_MS = 1_000;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
/** Nothing was sent or received for so long: the answer's reader is gone or does not read. */
const SOCKET_TIMEOUT_MS = 60_000;
const CONNECTIONS_MAX = 512;
const REQUESTS_PER_SOCKET_MAX = 1_000;
const HEADERS_MAX = 64;
const HEADER_BYTES_MAX = 16 * 1024;
const PEOPLE_BODY_BYTES_MAX = 64 * 1024;
/** tRPC's batches name all their procedures in one path segment. */
const PATH_LENGTH_MAX = 5_000;

const SECURITY_HEADERS = {
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
  "x-frame-options": "DENY",
  "strict-transport-security": "max-age=31536000",
} as const;

/** The bank's HTTP server, not yet listening: procedures, `/status` and the probes. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = openApp(options.logger, options);
  registerProbes(app, options);
  // Scopes of their own, because they read bodies differently; nothing but JSON is read in either.
  const { peers } = options;
  if (peers !== undefined) await app.register(async (scope) => registerPeerRoutes(scope, peers));
  await app.register(async (scope) => registerPeopleRoutes(scope, options.people));
  const rest = { prefix: "/api" };
  await app.register(async (scope) => registerRestRoutes(scope, options.people), rest);
  const pixApi = { prefix: "/pix/api" };
  await app.register(async (scope) => registerBacenApi(scope, options.people), pixApi);
  await app.register(async (scope) => registerPayloadRoutes(scope, options.people));
  await app.register(async (scope) => registerDocs(scope));
  return app;
}

/**
 * A server for other banks alone, over mutual TLS: nobody without a certificate of the consortium
 * gets as far as a request. People cannot take its connections.
 */
export async function buildPeerServer(
  logger: FastifyBaseLogger,
  peers: PeerRoutesOptions,
  tls: MutualTls,
): Promise<FastifyInstance> {
  const app = openApp(logger, {
    tls: {
      ...tls.context,
      requestCert: true,
      rejectUnauthorized: true,
      handshakeTimeout: HEADERS_TIMEOUT_MS,
    },
  });
  await app.register(async (scope) => registerPeerRoutes(scope, peers));
  return app;
}

function openApp(
  logger: FastifyBaseLogger,
  { tls, trustedProxies }: { tls?: TlsOptions; trustedProxies?: string } = {},
): FastifyInstance {
  const node = {
    headersTimeout: HEADERS_TIMEOUT_MS,
    maxHeaderSize: HEADER_BYTES_MAX,
    // Node looks for callers that are late every 30 s only.
    connectionsCheckingInterval: LATE_CHECK_MS,
  };
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: "correlationId",
    }),
    bodyLimit: PEOPLE_BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    maxRequestsPerSocket: REQUESTS_PER_SOCKET_MAX,
    connectionTimeout: SOCKET_TIMEOUT_MS,
    ...(tls === undefined ? { http: node } : { https: { ...node, ...tls } }),
    routerOptions: { maxParamLength: PATH_LENGTH_MAX },
    genReqId: correlationIdOf,
    requestIdHeader: false,
    // Between banks nobody stands in between.
    trustProxy: trustedProxies?.split(",") ?? false,
    forceCloseConnections: "idle",
  }) as FastifyInstance;
  boundConnections(app.server, CONNECTIONS_MAX);
  app.server.maxHeadersCount = HEADERS_MAX;
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(SECURITY_HEADERS).header("x-correlation-id", request.id);
  });
  app.addHook("onResponse", async (request, reply) => {
    // The route's pattern, not the URL: a query's input may hold personal data.
    const route = request.routeOptions.url;
    const ms = Math.round(reply.elapsedTime);
    request.log.debug({ method: request.method, route, status: reply.statusCode, ms }, "answered");
  });
  answerErrors(app);
  return app;
}

const CORRELATION_ID = /^[A-Za-z0-9_-]{8,64}$/;

/** The caller's own id where it is harmless, so that one id runs through all banks' logs. */
function correlationIdOf(request: IncomingMessage): string {
  const given = request.headers["x-correlation-id"];
  return typeof given === "string" && CORRELATION_ID.test(given) ? given : randomUUID();
}

/** Errors outside of procedures: what the caller can mend is named, the rest is only an id. */
function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    const correlationId = request.id;
    if (status < 500) {
      const code = CODES[status] ?? "bad-request";
      return reply.code(status).send({ error: { code, correlationId } });
    }
    request.log.error({ err: error }, "request failed");
    return reply.code(500).send({ error: { code: "internal-error", correlationId } });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: { code: "not-found", correlationId: request.id } }),
  );
}

const CODES: Readonly<Record<number, string>> = {
  404: "not-found",
  405: "method-not-allowed",
  408: "request-timeout",
  413: "too-large",
  414: "too-large",
  415: "only-json",
};

function registerProbes(app: FastifyInstance, { readStatus, readMetrics }: ServerOptions): void {
  app.get("/status", () => readStatus());
  app.get("/healthz", async () => ({ ok: true }));
  app.get("/readyz", async (_, reply) => {
    const { ready, database } = await readStatus();
    return reply.code(ready ? 200 : 503).send({ ready, database });
  });
  app.get("/metrics", async (_, reply) =>
    reply.type("text/plain; version=0.0.4; charset=utf-8").send(await readMetrics()),
  );
}
