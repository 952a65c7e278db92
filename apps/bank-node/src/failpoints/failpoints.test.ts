import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { readFailpoints } from "./read-failpoints.ts";

const sources = fileURLToPath(new URL("..", import.meta.url));

async function filesReachedFrom(entry: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: sources,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    outdir: "none",
    plugins: [
      {
        name: "only-ours",
        setup(bundler) {
          bundler.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === "entry-point" ? undefined : { path, external: true },
          );
        },
      },
    ],
  });
  return Object.keys(metafile.inputs);
}

describe("failpoints", () => {
  it("are out of reach of the production program", async () => {
    const production = await filesReachedFrom("./main.ts");
    const ours = await filesReachedFrom("./main-with-failpoints.ts");
    for (const name of ["failpoints/read-failpoints.ts", "failpoints/read-lab.ts"]) {
      expect(production).not.toContain(name);
      expect(ours).toContain(name);
    }
  });

  it("do nothing unless they are planned, and then only at their passage", async () => {
    const crashPoint = readFailpoints('{"vote":{"action":"throw","hit":2}}');
    await crashPoint("other");
    await crashPoint("vote");
    await expect(async () => crashPoint("vote")).rejects.toThrow("failpoint vote");
    await crashPoint("vote");
    expect(readFailpoints(undefined)("vote")).toBeUndefined();
  });

  it("refuse a plan that they do not understand", () => {
    expect(() => readFailpoints('{"vote":{"action":"explode"}}')).toThrow();
    expect(() => readFailpoints("[")).toThrow();
  });

  it("kill the process as kill -9 does", async () => {
    const program = `
      import { readFailpoints } from ${JSON.stringify(new URL("./read-failpoints.ts", import.meta.url).pathname)};
      const crashPoint = readFailpoints('{"vote":{"action":"kill"}}');
      await crashPoint("vote");
      console.log("still here");
    `;
    const { outputFiles } = await build({
      stdin: { contents: program, resolveDir: sources },
      bundle: true,
      write: false,
      platform: "node",
      format: "esm",
    });
    const child = spawn(process.execPath, ["--input-type=module"], { stdio: "pipe" });
    let output = "";
    child.stdout.on("data", (data: Buffer) => {
      output += data.toString();
    });
    child.stdin.end(outputFiles[0]?.text);
    const signal = await new Promise((resolve) => child.on("close", (_, how) => resolve(how)));
    expect(signal).toBe("SIGKILL");
    expect(output).toBe("");
  });
});
