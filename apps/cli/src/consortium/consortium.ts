import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  findMember,
  type Manifest,
  ManifestError,
  type Member,
  parseRunnableManifest,
} from "@pacto/contract";
import { Refused, Unreachable } from "../exit.ts";
import type { Language } from "../language/language.ts";

/** The consortium as the command line finds it: members, and who asks. */
export interface Consortium {
  readonly dataDir: string;
  readonly manifest: Manifest;
  /** Who acts where nobody is named. */
  readonly person: string;
  readonly language: Language;
  /** Aborted when the user gives up: what is being asked is then not known. */
  readonly signal: AbortSignal;
  /** Changes are shown instead of sent. */
  readonly isDryRun?: boolean;
  /** Why a second person is asked to allow a change, instead of making it. */
  readonly approvalReason?: string | undefined;
}

/** Name of a file in the data folder; `consortiumFiles` of the testbed writes it. */
const MANIFEST = "manifest.json";

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

/** @throws Unreachable where there is none */
export function openConsortium(
  dataDir: string,
  asking: Pick<Consortium, "language" | "person" | "signal">,
): Consortium {
  const { texts } = asking.language;
  const path = join(dataDir, MANIFEST);
  const text = readOr(path, () => texts.errors.noConsortium(dataDir));
  return { dataDir, manifest: readManifest(text, path), ...asking };
}

function readManifest(text: string, path: string): Manifest {
  try {
    return parseRunnableManifest(text, path);
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    throw new Unreachable(error.message, { cause: error });
  }
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
