import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { type LabPlan, labPlan, type LabReached, labReached } from "@pacto/contract";
import type { z } from "zod";

const NOTHING: LabPlan = { failpoint: null, links: {} };

/** What a bank's process is asked to do to itself; nothing where no plan was written. */
export function readPlan(file: string): LabPlan {
  return read(file, labPlan) ?? NOTHING;
}

/** Written in one piece: the process reads while we write. */
export function writePlan(file: string, plan: LabPlan): void {
  writeFileSync(`${file}.draft`, JSON.stringify(plan), { mode: 0o600 });
  renameSync(`${file}.draft`, file);
}

/** Undefined while no armed failpoint was reached since the Lab opened. */
export function readReached(file: string): LabReached | undefined {
  return read(`${file}.reached`, labReached);
}

/** Whether the process died where it was told to. */
export function diedAsPlanned(file: string): boolean {
  const { failpoint } = readPlan(file);
  return failpoint?.action === "kill" && readReached(file)?.arming === failpoint.arming;
}

export function forgetPlan(file: string): void {
  for (const path of [file, `${file}.reached`]) rmSync(path, { force: true });
}

function read<Shape>(path: string, shape: z.ZodType<Shape>): Shape | undefined {
  try {
    return shape.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
