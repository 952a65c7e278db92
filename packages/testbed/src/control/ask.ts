import { readFile } from "node:fs/promises";
import { consortiumFiles } from "../consortium/layout.ts";
import type { z } from "zod";
import {
  type Backup,
  backupsSchema,
  type ControlAction,
  controlErrorSchema,
  controlFileSchema,
  type ControlledPart,
  partsSchema,
} from "./schema.ts";

/** No consortium runs in the data folder, or its control interface does not answer. */
export class NotRunning extends Error {
  override readonly name = "NotRunning";
}

/** The control interface refused, or what was asked failed; the message says why. */
export class ControlRefused extends Error {
  override readonly name = "ControlRefused";
}

/** A start waits until the node is ready, which after a crash of everything takes a while. */
const ANSWER_WITHIN_MS = 120_000;

/** The banks and the dashboard of the consortium that runs in `dataDir`, and how each one is. */
export async function listParts(dataDir: string): Promise<ControlledPart[]> {
  return (await ask(dataDir, "GET", "/parts", partsSchema)).parts;
}

/**
 * Starts, stops, kills, pauses or resumes a bank (by id), `dashboard` or `database` of the
 * consortium that runs in `dataDir`. What is stopped or killed stays down until `start`.
 */
export async function controlPart(
  dataDir: string,
  id: string,
  action: ControlAction,
): Promise<ControlledPart[]> {
  const path = `/parts/${encodeURIComponent(id)}/${action}`;
  return (await ask(dataDir, "POST", path, partsSchema)).parts;
}

/** Copies of a bank's database, newest first. */
export async function listBackups(dataDir: string, bank: string): Promise<Backup[]> {
  return (await ask(dataDir, "GET", backupsPath(bank), backupsSchema)).backups;
}

/** Copies a bank's database. The bank is stopped for it and started again. */
export async function makeBackup(dataDir: string, bank: string): Promise<Backup[]> {
  return (await ask(dataDir, "POST", backupsPath(bank), backupsSchema)).backups;
}

/**
 * Puts a copy in place of a bank's database, which is kept as another copy, and starts the bank in
 * recovery (R48). Returns when it answers; it may still be learning.
 */
export async function restoreBackup(
  dataDir: string,
  bank: string,
  name: string,
): Promise<Backup[]> {
  const path = `${backupsPath(bank)}/${encodeURIComponent(name)}`;
  return (await ask(dataDir, "POST", path, backupsSchema)).backups;
}

function backupsPath(bank: string): string {
  return `/parts/${encodeURIComponent(bank)}/backups`;
}

async function ask<Shape>(
  dataDir: string,
  method: string,
  path: string,
  shape: z.ZodType<Shape>,
): Promise<Shape> {
  const file = consortiumFiles(dataDir).control;
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new NotRunning(`No consortium runs in ${dataDir}; start one with "npm start".`, {
      cause,
    });
  });
  const control = controlFileSchema.parse(JSON.parse(text));
  const response = await fetch(`${control.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${control.token}` },
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }).catch((cause: unknown) => {
    throw new NotRunning(
      `The consortium in ${dataDir} does not answer; it may have crashed. ` +
        '"npm start" takes over what it left.',
      { cause },
    );
  });
  const body: unknown = await response.json();
  if (!response.ok) throw new ControlRefused(controlErrorSchema.parse(body).error);
  return shape.parse(body);
}
