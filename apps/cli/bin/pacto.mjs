#!/usr/bin/env node
import { existsSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../dist", import.meta.url));

/** Several first runs at once: each builds apart, and the first one's result stands. */
async function buildOnce() {
  const { build } = await import("../build.mjs");
  const draft = `${folder}-${process.pid}`;
  await build(draft);
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

if (!existsSync(folder)) await buildOnce();
await import(new URL("../dist/pacto.js", import.meta.url).href);
