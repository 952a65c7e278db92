import { readFile } from "node:fs/promises";
import { consortiumFiles } from "../consortium/layout.ts";
import {
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
  return ask(dataDir, "GET", "/parts");
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
  return ask(dataDir, "POST", `/parts/${encodeURIComponent(id)}/${action}`);
}

async function ask(dataDir: string, method: string, path: string): Promise<ControlledPart[]> {
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
  return partsSchema.parse(body).parts;
}
