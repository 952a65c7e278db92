import { openDatabase } from "./open-database.ts";
import { prepareConsortium } from "./prepare-consortium.ts";

const usage = `Usage: prepare-containers consortium TEMPLATE
       prepare-containers database BANK
Environment: PACTO_DATA_DIR, the folder of keys, passwords and manifest.`;

/** The one-shot programs of docker-compose.yml, run before the banks open. */
async function main([verb, subject]: readonly string[]): Promise<void> {
  const folder = process.env["PACTO_DATA_DIR"];
  if (folder === undefined || folder === "" || subject === undefined) throw new Error(usage);
  if (verb === "consortium") {
    await prepareConsortium({ template: subject, folder });
    say("Keys, manifest and passwords are there.");
  } else if (verb === "database") {
    await openDatabase({ folder, bank: subject });
    say(`The database of ${subject} is there.`);
  } else {
    throw new Error(usage);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
