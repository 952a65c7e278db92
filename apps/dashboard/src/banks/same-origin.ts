/**
 * Whether a request may change state: it comes from a page of this very origin. A request without
 * Origin and without Sec-Fetch-Site is refused, since every current browser sends one of them.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  if (origin === null) return site === "same-origin";
  try {
    return new URL(origin).host === headers.get("host");
  } catch {
    return false;
  }
}
