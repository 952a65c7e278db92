import { fastify, type FastifyInstance } from "fastify";

// Everything comes from this node: its script, its styles, the document; nothing from elsewhere.
const DOCS_POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

/**
 * `/docs`: the document to read and to try. The reader's 30 MB are loaded when somebody first asks,
 * so that a node that serves no people does not pay for them.
 */
export function registerDocs(app: FastifyInstance): void {
  let reader: Promise<FastifyInstance> | undefined;
  app.get("/docs", (_, reply) => reply.redirect("/docs/"));
  app.get("/docs/*", async (request, reply) => {
    reader ??= openReader();
    const answer = await (await reader).inject({ method: "GET", url: request.url });
    const type = answer.headers["content-type"] ?? "text/plain";
    return reply
      .code(answer.statusCode)
      .header("content-security-policy", DOCS_POLICY)
      .header("cache-control", "public, max-age=3600")
      .type(String(type))
      .send(answer.rawPayload);
  });
}

async function openReader(): Promise<FastifyInstance> {
  const { default: scalar } = await import("@scalar/fastify-api-reference");
  const app = fastify();
  await app.register(scalar, {
    routePrefix: "/docs",
    configuration: {
      url: "/api/openapi.json",
      title: "Pacto",
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      showDeveloperTools: "never",
      hideClientButton: true,
    },
  });
  return app;
}
