// `npm run audit`: advisories about what is in the lock file. Exit 0 only when the registry was asked
// and nothing is known that was not reviewed; 1 when there is; 3 when it could not be asked.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./child.mjs";
import { say } from "./prepare.mjs";

/** By advisory, GHSA-…: why it does not concern us, in a sentence. */
const reviewed = JSON.parse(readFileSync(join(root, "scripts/audit-reviewed.json"), "utf8"));

const { stdout } = spawnSync("npm", ["audit", "--json"], { cwd: root, encoding: "utf8" });
/** @type {{ vulnerabilities?: Record<string, { via: (string | { url: string, title: string, severity: string })[] }>, message?: string } | undefined} */
let report;
try {
  report = JSON.parse(stdout);
} catch {
  report = undefined;
}
if (report?.vulnerabilities === undefined) {
  say(
    `Nothing was checked: the registry does not tell advisories (${report?.message ?? "no answer"}).`,
  );
  process.exitCode = 3;
} else {
  const open = Object.entries(report.vulnerabilities).flatMap(([name, { via }]) =>
    via
      .filter((one) => typeof one === "object")
      .filter(({ url }) => !((url.split("/").at(-1) ?? "") in reviewed))
      .map(({ url, title, severity }) => `${severity}: ${name}: ${title} (${url})`),
  );
  for (const line of new Set(open)) say(line);
  say(
    open.length === 0
      ? "No advisory that was not reviewed."
      : "Mend them, or say why not in scripts/audit-reviewed.json.",
  );
  process.exitCode = open.length === 0 ? 0 : 1;
}
