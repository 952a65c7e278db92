import { readFile, stat } from "node:fs/promises";
import { type Manifest, parseRunnableManifest } from "@pacto/contract";
import { env } from "../env.ts";
import type { BankMember } from "./member.ts";

let cached: { readonly changedAt: number; readonly manifest: Manifest } | undefined;

/** The consortium's manifest, read again when its file has changed. */
export async function loadManifest(): Promise<Manifest> {
  const { mtimeMs } = await stat(env.PACTO_MANIFEST);
  if (cached?.changedAt !== mtimeMs) {
    const text = await readFile(env.PACTO_MANIFEST, "utf8");
    const manifest = parseRunnableManifest(text, env.PACTO_MANIFEST);
    cached = { changedAt: mtimeMs, manifest };
  }
  return cached.manifest;
}

/** The members without what the browser has no use for: addresses, keys, caps. */
export function publicMembers(manifest: Manifest): BankMember[] {
  return manifest.members.map(({ id, name, colour, mark }) => ({ id, name, colour, mark }));
}
