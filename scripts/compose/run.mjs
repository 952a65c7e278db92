// `npm run test:compose`: builds the images, runs docker-compose.yml for real, breaks it under load
// and checks every law. Not part of `npm test`: it needs a container engine, which it starts on
// Debian as root. Flags: --allow-skip (exit 0 where no engine can run), --fresh (stand-in base
// images are made anew), --no-build (takes the images of the last run), --keep (leaves containers
// and engine running).
import { parseArgs } from "node:util";
import { main, ScriptError } from "../child.mjs";
import { checkNode, ensureInstalled, say } from "../prepare.mjs";
import { endRunning } from "./ask.mjs";
import { findBaseImages } from "./base-images.mjs";
import { buildImages } from "./build-images.mjs";
import { Containers } from "./containers.mjs";
import { NoEngine, openEngine } from "./engine.mjs";
import { runScenario } from "./scenario.mjs";

const { values: flags } = parseArgs({
  options: {
    "allow-skip": { type: "boolean", default: false },
    fresh: { type: "boolean", default: false },
    "no-build": { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
  },
});

/** Set by the first Ctrl-C: what runs is ended, and what was started is cleaned up. */
const asked = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    if (asked.signal.aborted) process.exit(1);
    asked.abort(new ScriptError(`Stopped by ${signal}.`));
    endRunning();
  });
}

await main(async () => {
  checkNode();
  await ensureInstalled();
  const engine = await openEngine().catch(explainNoEngine);
  if (engine === undefined) return;
  try {
    const images = await findBaseImages({ isFresh: flags.fresh });
    const project = `pacto-test-${process.pid}`;
    const containers = await Containers.of({ project, compose: engine.compose, images });
    try {
      if (!flags["no-build"]) await buildImages(containers, images, step);
      await runScenario(containers, step);
      say("Every law holds over the containers.");
    } finally {
      if (!flags.keep) await containers.down("--volumes");
    }
  } finally {
    if (!flags.keep) await engine.stop();
  }
});

/** @param {unknown} error */
function explainNoEngine(error) {
  if (!(error instanceof NoEngine)) throw error;
  say(`${flags["allow-skip"] ? "Skipped" : "Cannot run"}: ${error.message}.`);
  process.exitCode = flags["allow-skip"] ? 0 : 1;
  return undefined;
}

/**
 * Does one thing and says how long it took.
 * @template Result
 * @param {string} name
 * @param {() => Promise<Result>} work what it returns as a string is shown
 * @returns {Promise<Result>}
 */
async function step(name, work) {
  asked.signal.throwIfAborted();
  const begun = performance.now();
  const result = await work();
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  say(`✓ ${name}${typeof result === "string" ? `: ${result}` : ""} (${seconds} s)`);
  return result;
}
