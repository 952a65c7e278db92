import type { Refusal } from "@pacto/contract";

export const BODY_BYTES_MAX = 64 * 1024;

/** The dashboard's own refusals have the shape of a tRPC error, as the browser reads them. */
export function refuse(status: number, refusal: Refusal): Response {
  const error = {
    message: refusal.code,
    code: -32_000,
    data: { code: refusal.code, httpStatus: status, refusal },
  };
  return json(status, JSON.stringify({ error }));
}

export function json(status: number, body: string): Response {
  return new Response(body, {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
}

export function invalidInput(field: string, hint: string): Refusal {
  return { code: "invalid-input", details: { field, hint } };
}

/** The body's text, or null when it is larger than BODY_BYTES_MAX. */
export async function readBody(request: Request): Promise<string | null> {
  const declared = Number(request.headers.get("content-length") ?? "0");
  if (declared > BODY_BYTES_MAX) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > BODY_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
