export type RestMethod = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** What a procedure says of itself beside its schemas; the form is that of trpc-to-openapi. */
export interface RestMeta {
  readonly openapi?: {
    readonly method: RestMethod;
    readonly path: `/${string}`;
    readonly summary: string;
    readonly tags: string[];
  };
}

/**
 * Where a procedure is found under `/api`: `rest("GET", "/accounts/{number}", "One account")`. Names
 * in braces are fields of the input; the others travel in the query (GET) or the body. Paths are
 * kept for ever: other programs hold them.
 */
export function rest(method: RestMethod, path: `/${string}`, summary: string): RestMeta {
  const tag = path.split("/")[1] ?? "";
  return { openapi: { method, path, summary, tags: [tag] } };
}
