// Starts a bank's node with addresses that hold passwords read from files: a container's
// environment is shown to whoever may inspect it, a file of mode 0600 is not.
import { readFileSync } from "node:fs";

for (const name of ["DATABASE_URL", "PACTO_MIGRATION_DATABASE_URL"]) {
  const path = process.env[`${name}_FILE`];
  if (path) process.env[name] = readOrExit(path, name);
}
// Beside this file in the image only.
await import(new URL("main.js", import.meta.url).href);

/**
 * @param {string} path
 * @param {string} name
 */
function readOrExit(path, name) {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    process.stderr.write(`${name}_FILE cannot be read: ${error.message}\n`);
    process.exit(1);
  }
}
