import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Workspace packages are TypeScript and go into the bundle; everything from npm stays outside. */
const externalPackages = {
  name: "external-packages",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "entry-point" || path.startsWith("@pacto/") ? undefined : { path, external: true },
    );
  },
};

await build({
  absWorkingDir: here("."),
  entryPoints: ["src/main.ts", "src/main-with-failpoints.ts"],
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  sourcemap: true,
  // A process with --enable-source-maps keeps its map: names and lines are enough.
  sourcesContent: false,
  logLevel: "warning",
  plugins: [externalPackages],
});
// The thread that draws documents is loaded by its file's name.
await cp(here("src/reports/draw-pdf.mjs"), here("dist/draw-pdf.mjs"));
await cp(here("../../prisma/migrations"), here("dist/prisma/migrations"), { recursive: true });
