#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const bundle = new URL("../dist/pacto.js", import.meta.url);
if (!existsSync(fileURLToPath(bundle))) {
  const { build } = await import("../build.mjs");
  await build();
}
await import(bundle.href);
