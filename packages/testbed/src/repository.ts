import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder: found upwards, because sources and bundle lie at different depths. */
export function repositoryFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const path = join(folder, "package.json");
    if (existsSync(path) && isOurs(readFileSync(path, "utf8"))) return folder;
    if (dirname(folder) === folder) throw new Error("This is not inside Pacto's repository.");
    folder = dirname(folder);
  }
}

function isOurs(text: string): boolean {
  return (JSON.parse(text) as { name?: string }).name === "pacto";
}
