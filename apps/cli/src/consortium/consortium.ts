import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findMember, type Manifest, type Member, parseRunnableManifest } from "@pacto/contract";
import { Refused, Unreachable } from "../exit.ts";
import type { Language } from "../language/language.ts";

/** The consortium as the command line finds it: members, and the operator's credential. */
export interface Consortium {
  readonly dataDir: string;
  readonly manifest: Manifest;
  readonly token: string;
}

/** Names of files in the data folder; `consortiumFiles` of the testbed writes them. */
const MANIFEST = "manifest.json";
const TOKEN = "demo-token";

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  /** The repository that this program was built in. */
  readonly repository: string;
}

/** PACTO_DATA_DIR, else `.pacto` here, else the repository's, where `npm start` puts it. */
export function findDataDir({ environment, workingFolder, repository }: Surroundings): string {
  const asked = environment["PACTO_DATA_DIR"];
  if (asked !== undefined && asked !== "") return resolve(workingFolder, asked);
  const here = join(workingFolder, ".pacto");
  return existsSync(join(here, MANIFEST)) ? here : join(repository, ".pacto");
}

/** @throws Unreachable where there is none, or where its credential cannot be read */
export function openConsortium(dataDir: string, { texts }: Language): Consortium {
  const path = join(dataDir, MANIFEST);
  const text = readOr(path, () => texts.errors.noConsortium(dataDir));
  const token = readOr(join(dataDir, TOKEN), () => texts.errors.noToken(join(dataDir, TOKEN)));
  return { dataDir, manifest: parseRunnableManifest(text, path), token: token.trim() };
}

/** @throws Refused `unknown-bank` */
export function memberOf({ manifest }: Consortium, bank: string): Member {
  const member = findMember(manifest, bank);
  if (member === undefined) throw new Refused("unknown-bank", { bank });
  return member;
}

function readOr(path: string, sentence: () => string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new Unreachable(sentence(), { cause });
  }
}
