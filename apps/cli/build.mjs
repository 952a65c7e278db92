import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Workspace packages are inlined, since they are TypeScript; everything else stays in node_modules. */
export async function build(outdir = "dist") {
  await esbuild.build({
    absWorkingDir: here,
    entryPoints: { pacto: "src/main.ts", "simulate-thread": "src/simulate/thread.ts" },
    outdir,
    bundle: true,
    // What only some verbs need is loaded by them, so that the others start quickly.
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: true,
    logLevel: "warning",
    plugins: [{ name: "external-dependencies", setup: keepDependenciesOutside }],
  });
}

function keepDependenciesOutside({ onResolve }) {
  onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
    kind === "entry-point" || path.startsWith("@pacto/") ? undefined : { path, external: true },
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build();
}
