import { createRequire } from "node:module";
import type { AnyRouter } from "@trpc/server";
import { VERSION } from "../version.ts";
import { restExamples } from "./examples.ts";
import { restOperations, type RestOperation } from "./operations.ts";

// Its types bring a web framework's along, which change those of Node for everybody.
const require = createRequire(import.meta.url);

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

interface Parameter {
  readonly name: string;
  readonly [other: string]: unknown;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: { readonly "application/json": { readonly schema: Schema } };
  };
  readonly responses: Readonly<Record<string, unknown>>;
}

/** As much of OpenAPI 3.1 as is looked at here. */
interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  components: { readonly schemas?: object };
}

interface Generator {
  generateOpenApiDocument(this: void, router: AnyRouter, options: object): OpenApiDocument;
}

const DESCRIPTION =
  "Money is whole centavos, instants are ISO 8601 in UTC. Every mutation takes a key of yours in " +
  "`Idempotency-Key`: the same key with the same request gives the same answer. Lists answer with " +
  "`nextCursor`: send it as `cursor` for the next page. Errors are problem details (RFC 9457) with " +
  "a stable `code`; ask for their language with `Accept-Language`.";

const KEY_PARAMETER: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  description: "Made and kept by you before the first send: 8 to 100 letters, digits or _.:-",
  schema: { type: "string", pattern: "^[A-Za-z0-9_.:-]{8,100}$" },
};

const PROBLEM_RESPONSE = {
  description: "A refusal: nothing was done",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

const PROBLEM_SCHEMA = {
  type: "object",
  required: ["type", "title", "status", "detail", "code", "details", "correlationId"],
  properties: {
    type: { type: "string", format: "uri" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "What happened and what to do, in your language" },
    code: { type: "string", description: "Stable: hold on to this one" },
    details: { type: "object", description: "The figures of the sentence" },
    isoReason: { type: "string", description: "ISO 20022 external status reason" },
    correlationId: { type: "string" },
  },
} as const;

/** The OpenAPI 3.1 document of all procedures that have a path, with examples that work. */
export function openApiDocument(router: AnyRouter): OpenApiDocument {
  // Loaded when the document is first asked for: a node at its start does not pay for it.
  const { generateOpenApiDocument } = require("trpc-to-openapi") as Generator;
  const document = generateOpenApiDocument(router, {
    title: "Pacto",
    version: VERSION,
    description: DESCRIPTION,
    openApiVersion: "3.1.0",
    baseUrl: "/api",
    securitySchemes: { staff: { type: "http", scheme: "bearer" } },
  });
  for (const operation of restOperations(router)) {
    const item = document.paths[operation.path];
    const method = operation.method.toLowerCase();
    const made = item?.[method];
    if (item !== undefined && made !== undefined) item[method] = finish(operation, made);
  }
  const schemas = { ...document.components.schemas, Problem: PROBLEM_SCHEMA };
  document.components = { ...document.components, schemas };
  return document;
}

/** Moves the key to its header, writes our errors in and shows an example. */
function finish(operation: RestOperation, made: Operation): Operation {
  const example = restExamples[operation.procedure];
  const isKeyed = operation.fields.has("idempotencyKey");
  const parameters = (made.parameters ?? []).map((parameter) => {
    const value = example?.[parameter.name];
    return value === undefined ? parameter : { ...parameter, example: value };
  });
  const { requestBody, responses, ...rest } = made;
  const body = bodyOf(requestBody, operation, example);
  return {
    ...rest,
    parameters: isKeyed ? [KEY_PARAMETER, ...parameters] : parameters,
    ...(body === undefined ? {} : { requestBody: body }),
    responses: { 200: responses["200"], default: PROBLEM_RESPONSE },
  };
}

function bodyOf(
  requestBody: Operation["requestBody"],
  operation: RestOperation,
  example: Readonly<Record<string, unknown>> | undefined,
): Operation["requestBody"] {
  if (requestBody === undefined) return undefined;
  const media = requestBody.content["application/json"];
  const { idempotencyKey: _, ...properties } = media.schema.properties ?? {};
  if (Object.keys(properties).length === 0) return undefined;
  const required = (media.schema.required ?? []).filter((name) => name !== "idempotencyKey");
  const inPath = new Set(operation.path.match(/(?<=\{)\w+(?=\})/g));
  const shown = Object.entries(example ?? {}).filter(([name]) => !inPath.has(name));
  const schema = { ...media.schema, properties, required };
  const withExample = example === undefined ? {} : { example: Object.fromEntries(shown) };
  return { ...requestBody, content: { "application/json": { schema, ...withExample } } };
}
