import type { z } from "zod";
import { checkManifest, checkRunnable } from "./check.ts";
import { type Manifest, type Member, manifestSchema } from "./schema.ts";

/** A manifest that cannot be used; the message lists every problem, one a line. */
export class ManifestError extends Error {
  override readonly name = "ManifestError";
  readonly source: string;
  readonly problems: readonly string[];

  constructor(source: string, problems: readonly string[]) {
    super(`The manifest ${source} cannot be used:\n${problems.map((p) => `  - ${p}`).join("\n")}`);
    this.source = source;
    this.problems = problems;
  }
}

/**
 * Reads a manifest's text, with or without addresses and keys (a template has none).
 * `source` names the file in messages.
 * @throws ManifestError with a sentence for every problem found
 */
export function parseManifest(text: string, source: string): Manifest {
  const parsed = manifestSchema.safeParse(parseJson(text, source));
  if (!parsed.success) {
    throw new ManifestError(source, parsed.error.issues.map(describeIssue));
  }
  const problems = checkManifest(parsed.data);
  if (problems.length > 0) throw new ManifestError(source, problems);
  return parsed.data;
}

/**
 * Reads a manifest that a node can start from: every member has an address and a key.
 * The members' signatures are verified apart (`verifyManifest` of `@pacto/contract/signing`).
 * @throws ManifestError with a sentence for every problem found
 */
export function parseRunnableManifest(text: string, source: string): Manifest {
  const manifest = parseManifest(text, source);
  const problems = checkRunnable(manifest);
  if (problems.length > 0) throw new ManifestError(source, problems);
  return manifest;
}

/** The member with that id, or undefined. Banks are found by id, never by place (lesson 11). */
export function findMember(manifest: Manifest, id: string): Member | undefined {
  return manifest.members.find((member) => member.id === id);
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ManifestError(source, [`it is not JSON: ${detail}`]);
  }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.reduce<string>((before, part) => {
    if (typeof part === "number") return `${before}[${part}]`;
    return before === "" ? String(part) : `${before}.${String(part)}`;
  }, "");
  return `${path === "" ? "manifest" : path}: ${issue.message}`;
}
