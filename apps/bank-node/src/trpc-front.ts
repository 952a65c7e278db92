import { type AnyRouter, TRPCError } from "@trpc/server";
import { answerError, callProcedure, type ProcedureAnswer } from "./call-procedure.ts";

/** What tRPC's wire asks for, before any of its text is parsed. */
export interface TrpcRequest {
  readonly method: string;
  /** `cash.deposit`, or several with commas between them in a batch. */
  readonly path: string;
  readonly isBatch: boolean;
  /** The body, or a query's `input`; undefined when there is none. */
  readonly text: string | undefined;
}

export interface FrontOptions {
  readonly router: AnyRouter;
  readonly batchMax: number;
  readonly context: unknown;
  /** Told of errors that are no refusals. */
  readonly onError: (error: TRPCError, procedure: string) => void;
}

interface Procedure {
  readonly _def: { readonly type: "query" | "mutation" | "subscription" };
}

const METHODS = { query: "GET", mutation: "POST", subscription: "GET" } as const;

/** The procedures that a path names; tRPC splits it in a batch only. */
export function proceduresOf({ path, isBatch }: Pick<TrpcRequest, "path" | "isBatch">): string[] {
  return isBatch ? path.split(",") : [path];
}

/** The procedure of that name, or undefined; names that every object has are none. */
export function findProcedure(router: AnyRouter, path: string): Procedure | undefined {
  const procedures = router._def.procedures as Readonly<Record<string, Procedure>>;
  return Object.hasOwn(procedures, path) ? procedures[path] : undefined;
}

/**
 * Answers single and batched JSON calls as tRPC's HTTP adapters do, status and body alike, at a
 * tenth of their cost: procedures are called directly. A test holds every procedure of the router
 * against the official adapter. Subscriptions and streamed batches are not for this front.
 */
export async function answerTrpc(
  request: TrpcRequest,
  options: FrontOptions,
): Promise<ProcedureAnswer> {
  const names = proceduresOf(request);
  const problem = problemOfBatch(names, request, options);
  if (problem !== undefined) {
    const place = { type: "unknown", path: undefined, context: undefined } as const;
    return answerError(options.router, problem, place);
  }
  const readInputs = once(() => parseInputs(request, names.length));
  const answers = await Promise.all(
    names.map((name, at) => callOne(name, request.method, () => readInputs()[at], options)),
  );
  const [first] = answers;
  if (!request.isBatch && first !== undefined) return first;
  const isUniform = answers.every(({ status }) => status === first?.status);
  const status = isUniform ? (first?.status ?? 200) : 207;
  return { status, body: answers.map(({ body }) => body) };
}

function problemOfBatch(
  names: readonly string[],
  { isBatch }: TrpcRequest,
  { router, batchMax }: FrontOptions,
): TRPCError | undefined {
  if (isBatch && names.length > batchMax) {
    return new TRPCError({ code: "BAD_REQUEST", message: "Batch call exceeds maximum size" });
  }
  const types = new Set(names.flatMap((name) => findProcedure(router, name)?._def.type ?? []));
  if (types.size <= 1) return undefined;
  const message = `Cannot mix procedure types in call: ${[...types].join(", ")}`;
  return new TRPCError({ code: "BAD_REQUEST", message });
}

async function callOne(
  path: string,
  method: string,
  getRawInput: () => unknown,
  { router, context, onError }: FrontOptions,
): Promise<ProcedureAnswer> {
  const type = findProcedure(router, path)?._def.type;
  if (type === undefined || type === "subscription" || method !== METHODS[type]) {
    const error =
      type === undefined
        ? new TRPCError({ code: "NOT_FOUND", message: `No procedure found on path "${path}"` })
        : new TRPCError({
            code: "METHOD_NOT_SUPPORTED",
            message: `Unsupported ${method}-request to ${type} procedure at path "${path}"`,
          });
    return answerError(router, error, { type: "unknown", path, context });
  }
  return callProcedure({
    router,
    path,
    type,
    context,
    getRawInput,
    onError: (error) => onError(error, path),
  });
}

/** The input of each call. Throws a SyntaxError when the text is no JSON. */
function parseInputs({ method, text, isBatch }: TrpcRequest, count: number): unknown[] {
  // A query without input has none; a body must be JSON, and nothing is not.
  if (method === "GET" && !text) return [];
  const inputs = JSON.parse(text ?? "") as unknown;
  if (!isBatch) return [inputs];
  if (typeof inputs !== "object" || inputs === null || Array.isArray(inputs)) {
    const message = '"input" needs to be an object when doing a batch call';
    throw new TRPCError({ code: "BAD_REQUEST", message });
  }
  return Array.from({ length: count }, (_, at) => (inputs as Record<string, unknown>)[at]);
}

/** Parses once for all calls of a batch, and fails each of them alike. */
function once<T>(read: () => T): () => T {
  let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  return () => {
    if (outcome === undefined) {
      try {
        outcome = { value: read() };
      } catch (error) {
        outcome = { error };
      }
    }
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
  };
}
