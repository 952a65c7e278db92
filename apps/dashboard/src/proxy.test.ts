import { NextRequest } from "next/server";
import { expect, it } from "vitest";
import nextConfig from "../next.config.ts";
import { proxy } from "./proxy.ts";

const policyOf = () =>
  proxy(new NextRequest("http://127.0.0.1:3000/")).headers.get("content-security-policy") ?? "";

it("lets a page run its own scripts only, by a nonce that no other page has", () => {
  const [one, other] = [policyOf(), policyOf()];
  const nonceIn = (policy: string) => /script-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1];
  expect(nonceIn(one)).toMatch(/^[A-Za-z0-9+/=]{40,}$/);
  expect(nonceIn(other)).not.toBe(nonceIn(one));
  expect(one).toContain("'strict-dynamic'");
  expect(one.replace("style-src-attr 'unsafe-inline'", "")).not.toMatch(/unsafe-(inline|eval)|\*/);
  for (const rule of ["frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"]) {
    expect(one).toContain(rule);
  }
});

it("keeps no page, and answers under headers that bind the browser", async () => {
  const page = proxy(new NextRequest("http://127.0.0.1:3000/clients"));
  expect(page.headers.get("cache-control")).toBe("no-store");
  const [all] = (await nextConfig.headers?.()) ?? [];
  const headers = Object.fromEntries(
    (all?.headers ?? []).map(({ key, value }) => [key.toLowerCase(), value]),
  );
  expect(headers).toMatchObject({
    "strict-transport-security": expect.stringMatching(/^max-age=\d{8}/),
    "x-content-type-options": "nosniff",
    "referrer-policy": expect.any(String),
    "cross-origin-opener-policy": "same-origin",
  });
});
