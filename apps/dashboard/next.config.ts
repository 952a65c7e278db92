import path from "node:path";
import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** Headers of every answer; the Content-Security-Policy, which needs a nonce, is in src/proxy.ts. */
const securityHeaders = [
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(self), geolocation=(), microphone=(), payment=()" },
  { key: "Referrer-Policy", value: "no-referrer" },
  // Browsers heed it over HTTPS only, as behind a proxy in production.
  { key: "Strict-Transport-Security", value: "max-age=63072000" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // For container images: the server with only the modules that it uses.
  ...(process.env["PACTO_STANDALONE"] === "1" ? { output: "standalone" as const } : {}),
  transpilePackages: ["@pacto/banking", "@pacto/contract"],
  turbopack: {
    // The workspaces' root, so that Turbopack resolves the packages beside this app.
    root: path.join(import.meta.dirname, "../.."),
    rules: {
      // React Aria brings its strings in 34 languages; two are ours.
      "*.mjs": {
        condition: {
          path: /react-(?:aria|aria-components|stately)\/dist\/private\/intl\/\w+\/(?!en-US|pt-BR)/,
        },
        loaders: [path.join(import.meta.dirname, "drop-locale.mjs")],
      },
    },
  },
  images: { unoptimized: true },
  // The `types` task checks them; a build needs neither the node's sources nor its generated client.
  typescript: { ignoreBuildErrors: true },
  headers: () => Promise.resolve([{ source: "/:path*", headers: securityHeaders }]),
};

const withNextIntl = createNextIntlPlugin("./src/i18n/request.ts");

export default withNextIntl(config);
