// Model-checks local.pml and register.pml with Spin, and that Spin finds the bugs seeded into them.
// Needs `spin` and a C compiler; without them it says so and ends with 0, with --require with 1.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

const sound = [
  { model: "local", size: ["N=4"] },
  { model: "register", size: ["P=1"] },
  // 3.1 million states: ten seconds and 350 MB, so only on request.
  { model: "register", size: ["P=2"], slow: true },
];

const seeded = {
  local: [
    "NO_TOMBSTONE",
    "PEER_WITHOUT_RECORD",
    "UNILATERAL_ABORT",
    "PRESUME_WHILE_VOTING",
    "RACY_DECIDE",
    "MAJORITY_COMMITS",
  ],
  register: [
    "IGNORE_ACCEPTED",
    "MINORITY",
    "PROMISE_NOT_KEPT",
    "ABORT_AFTER_PROPOSING",
    "COMMIT_WITHOUT_REGISTER",
  ],
};

function hasTool(name, flag) {
  return spawnSync(name, [flag], { stdio: "ignore" }).error === undefined;
}

/** Compiling costs more than it saves where a second suffices. */
const quick = { compile: ["-O0"], depth: "-m100000", table: "-w20" };
const thorough = { compile: ["-O2", "-DCOLLAPSE"], depth: "-m1000000", table: "-w24" };

/** Checks one model; `null` when Spin ran out of memory or time, else its errors and states. */
function check(model, definitions, { compile, depth, table } = quick) {
  const folder = mkdtempSync(join(tmpdir(), "pacto-spin-"));
  try {
    const defines = definitions.map((definition) => `-D${definition}`);
    execFileSync("spin", [...defines, "-a", join(here, `${model}.pml`)], { cwd: folder });
    execFileSync("gcc", [...compile, "-DSAFETY", "-o", "pan", "pan.c"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "ignore"],
    });
    const { stdout } = spawnSync(join(folder, "pan"), [depth, table], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 1 << 26,
      timeout: 600_000,
    });
    const errors = /errors: (\d+)/.exec(stdout ?? "");
    const states = /(\d+) states, stored/.exec(stdout ?? "");
    if (errors === null || states === null) return null;
    const complete = !stdout.includes("max search depth too small");
    return { errors: Number(errors[1]), states: Number(states[1]), complete };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function main() {
  if (!hasTool("spin", "-V") || !hasTool("gcc", "--version")) {
    process.stdout.write("skipped: needs spin and gcc (apt-get install spin gcc)\n");
    return process.argv.includes("--require") ? 1 : 0;
  }
  let failed = 0;
  const report = (good, text) => {
    if (!good) failed += 1;
    process.stdout.write(`${good ? "ok    " : "FAILED"} ${text}\n`);
  };
  for (const { model, size, slow = false } of sound) {
    if (slow && !process.argv.includes("--all")) continue;
    const result = check(model, size, slow ? thorough : quick);
    const good = result !== null && result.errors === 0 && result.complete;
    report(good, `${model} ${size.join(" ")}: ${result?.states ?? "?"} states`);
  }
  for (const [model, bugs] of Object.entries(seeded)) {
    for (const bug of bugs) {
      const result = check(model, [model === "local" ? "N=2" : "P=2", bug]);
      const found = result !== null && result.errors > 0;
      report(found, `${model} ${bug}: ${found ? "found" : "not found"}`);
    }
  }
  return failed === 0 ? 0 : 1;
}

process.exitCode = main();
