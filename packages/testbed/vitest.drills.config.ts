import { defineConfig } from "vitest/config";

/**
 * `npm run drill -- NAME`: runs of minutes with Debian's own programs (HAProxy, Patroni, etcd), which
 * `npm test` leaves out. One at a time: each takes the whole machine.
 */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["test/drills/*.drill.ts"],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 300_000,
  },
});
