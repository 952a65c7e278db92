import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { env } from "../env.ts";
import type { BankMember } from "./member.ts";

/** The parts of a resolved manifest that a dashboard needs; nodes check the rest. */
const manifestSchema = z.object({
  consortium: z.object({ name: z.string() }),
  members: z
    .array(
      z.object({
        id: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
        name: z.string(),
        colour: z.string().regex(/^#[0-9A-Fa-f]{6}$/),
        mark: z.string(),
        url: z.url({ protocol: /^https?$/ }),
      }),
    )
    .min(1),
});

export type DashboardManifest = z.infer<typeof manifestSchema>;

let cached: { readonly readAt: number; readonly manifest: DashboardManifest } | undefined;

/** The consortium's manifest, read again when its file has changed. */
export async function loadManifest(): Promise<DashboardManifest> {
  const { mtimeMs } = await stat(env.PACTO_MANIFEST);
  if (cached?.readAt !== mtimeMs) {
    const text = await readFile(env.PACTO_MANIFEST, "utf8");
    cached = { readAt: mtimeMs, manifest: manifestSchema.parse(JSON.parse(text)) };
  }
  return cached.manifest;
}

/** The members without what the browser has no use for. */
export function publicMembers(manifest: DashboardManifest): BankMember[] {
  return manifest.members.map(({ id, name, colour, mark }) => ({ id, name, colour, mark }));
}
