import { configDefaults, defineConfig } from "vitest/config";

const exclude = [...configDefaults.exclude, "**/.next/**", "**/e2e/**", "**/generated/**"];

export default defineConfig({
  test: {
    // Most of the time a test waits for a bank's disk: as many files at once as there are cores,
    // where the runner by itself would leave one of two idle.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "pure",
          // Properties and simulations take their time where the machine is busy.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: [
            "packages/{atomic-commit,banking,contract}/{src,test}/**/*.test.ts",
            "scripts/**/*.test.mjs",
          ],
          exclude,
        },
      },
      {
        test: {
          name: "dashboard",
          testTimeout: 30_000,
          hookTimeout: 60_000,
          include: ["apps/dashboard/{src,test}/**/*.test.{ts,tsx}"],
          exclude,
        },
      },
      {
        test: {
          name: "banks",
          include: [
            "apps/{bank-node,cli}/{src,test}/**/*.test.ts",
            "packages/testbed/{src,test}/**/*.test.ts",
          ],
          exclude,
          // One embedded PostgreSQL for the run; each file takes databases of its own from it.
          globalSetup: ["packages/testbed/src/vitest/global-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
