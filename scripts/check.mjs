// `npm run check`: types, lint, format, boundaries, dead code; all of them, even when one fails.
import { fileURLToPath } from "node:url";
import { main, mustRun, root, run, ScriptError } from "./child.mjs";
import { checkNode, ensureInstalled, say } from "./prepare.mjs";

/** @param {string} name */
const bin = (name) => `${root}node_modules/.bin/${name}`;
const quietly = { env: { TURBO_TELEMETRY_DISABLED: "1" } };

/** @type {ReadonlyArray<readonly [name: string, program: string, parameters: string[]]>} */
const checks = [
  ["types", "turbo", ["run", "types", "--output-logs=errors-only", "--ui=stream"]],
  ["lint", "oxlint", ["--type-aware", "--deny-warnings"]],
  ["format", "oxfmt", ["--check", "."]],
  ["boundaries", "turbo", ["boundaries"]],
  ["dead code", "knip", []],
];

await main(async () => {
  checkNode();
  await ensureInstalled();
  await mustRun("Generating", bin("turbo"), ["run", "generate", "--ui=stream"], {
    ...quietly,
    quiet: true,
  });
  /** @type {string[]} */
  const failed = [];
  for (const [name, program, parameters] of checks) {
    say(`\n— ${name}`);
    if ((await run(bin(program), parameters, quietly)) !== 0) failed.push(name);
  }
  say("\n— supply chain");
  const supplyChain = fileURLToPath(new URL("supply-chain.mjs", import.meta.url));
  if ((await run(process.execPath, [supplyChain])) !== 0) failed.push("supply chain");
  if (failed.length > 0) throw new ScriptError(`Failed: ${failed.join(", ")}.`);
  say("All checks passed.");
});
