import { loadManifest } from "../../../banks/manifest.ts";
import { isSameOrigin } from "../../../banks/same-origin.ts";
import { type Verdict, verdictOf } from "../../../features/verify/verdict.ts";

const TEXT_MAX = 256 * 1_024;

/** Verifies a receipt with the public keys of the manifest: no bank is asked, nothing is kept. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response(null, { status: 403 });
  const length = Number(request.headers.get("content-length") ?? TEXT_MAX);
  if (length > TEXT_MAX) return new Response(null, { status: 413 });
  const text = await request.text();
  let verdict: Verdict;
  try {
    verdict = verdictOf(text, await loadManifest());
  } catch {
    return new Response(null, { status: 400 });
  }
  return Response.json(verdict);
}
