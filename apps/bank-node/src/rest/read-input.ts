import type { RestOperation } from "./operations.ts";

export interface RestRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** The body as it came; empty when there was none. */
  readonly body: string;
  readonly idempotencyKey: string | undefined;
}

/**
 * The procedure's input from the parts of a request: path and query are text, so what the schema
 * takes as a number or as yes and no is read as such; anything else stays for the schema to refuse.
 * Throws a SyntaxError when the body is no JSON object.
 */
export function readInput(operation: RestOperation, request: RestRequest): unknown {
  if (operation.fields.size === 0) return undefined;
  const fromBody = operation.method === "GET" ? {} : parseObject(request.body);
  const fromQuery = operation.method === "GET" ? request.query : {};
  const texts = Object.entries({ ...fromQuery, ...request.params }).map(([name, value]) => [
    name,
    readText(value, operation.fields.get(name)),
  ]);
  const key =
    request.idempotencyKey !== undefined && operation.fields.has("idempotencyKey")
      ? { idempotencyKey: request.idempotencyKey }
      : {};
  return { ...fromBody, ...(Object.fromEntries(texts) as object), ...key };
}

function parseObject(body: string): object {
  if (body === "") return {};
  const value: unknown = JSON.parse(body);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SyntaxError("The body is no JSON object.");
  }
  return value;
}

function readText(value: string | readonly string[], type: string | undefined): unknown {
  if (typeof value !== "string") return value;
  if ((type === "integer" || type === "number") && /^-?[0-9]{1,16}$/.test(value)) {
    return Number(value);
  }
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}
