import { z } from "zod";

/** What may be done to a part of a local consortium. */
export const controlActions = ["start", "stop", "kill", "pause", "resume"] as const;
export type ControlAction = (typeof controlActions)[number];

/** `control.json`, mode 0600: how the CLI finds the running consortium. */
export const controlFileSchema = z.strictObject({
  url: z.string(),
  token: z.string(),
  pid: z.int(),
});

export const partSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  state: z.enum(["down", "starting", "ready", "paused"]),
  pid: z.int().nullable(),
  logFile: z.string(),
});

/** A copy of a bank's database, kept beside it on the same server. */
export const backupSchema = z.strictObject({
  name: z.string(),
  /** `replaced`: what a restore put aside. */
  kind: z.enum(["backup", "replaced"]),
  createdAt: z.string(),
  bytes: z.int(),
});

export const backupsSchema = z.strictObject({ backups: z.array(backupSchema) });

export const partsSchema = z.strictObject({ parts: z.array(partSchema) });
export const controlErrorSchema = z.strictObject({ error: z.string() });

export type Backup = z.infer<typeof backupSchema>;
export type ControlledPart = z.infer<typeof partSchema>;
