import { build } from "esbuild";

/** Our own workspaces are TypeScript sources and go in; what npm installed stays outside. */
const installedStaysOutside = {
  name: "installed-stays-outside",
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "entry-point" || path.startsWith("@pacto/") ? undefined : { path, external: true },
    );
  },
};

await build({
  entryPoints: { start: "src/start.ts", "prepare-containers": "src/containers/main.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  sourcemap: true,
  plugins: [installedStaysOutside],
});
