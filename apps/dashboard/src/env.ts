import { createEnv } from "@t3-oss/env-nextjs";
import { z } from "zod";

/** What the dashboard is told at start. No database address and no signing key among it. */
export const env = createEnv({
  server: {
    /** Path of the consortium's resolved manifest (JSON): the members and their addresses. */
    PACTO_MANIFEST: z.string().min(1),
    /**
     * Path of the control interface's address and token: there in a local consortium alone, whose
     * Lab this dashboard then offers to operators.
     */
    PACTO_CONTROL_FILE: z.string().min(1).optional(),
    /**
     * Host names, comma separated, under which the dashboard may be opened beside loopback names
     * and plain IP addresses.
     */
    PACTO_ALLOWED_HOSTS: z.string().default(""),
  },
  experimental__runtimeEnv: {},
  emptyStringAsUndefined: true,
  // `next build` has no consortium: the values are asked for when the server runs.
  skipValidation: process.env["NEXT_PHASE"] === "phase-production-build",
});
