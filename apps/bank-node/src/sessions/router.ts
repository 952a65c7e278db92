import {
  endedSessionsOutput,
  endOtherSessionsInput,
  endSessionInput,
  listAllSessionsInput,
  listSessionsOutput,
} from "@pacto/contract";
import { router, staffProcedure } from "../trpc.ts";
import { endOtherSessions, endSession } from "./end-sessions.ts";
import { listAllSessions, listOwnSessions } from "./list-sessions.ts";

const everybody = ["teller", "supervisor", "auditor", "operator", "user-admin"] as const;

/** Who is signed in where, and ending it. */
export const sessionsRouter = router({
  list: staffProcedure(...everybody)
    .output(listSessionsOutput)
    .query(({ ctx }) => listOwnSessions(ctx)),
  listAll: staffProcedure("user-admin")
    .input(listAllSessionsInput)
    .output(listSessionsOutput)
    .query(({ ctx, input }) => listAllSessions(ctx, input)),
  end: staffProcedure(...everybody)
    .input(endSessionInput)
    .output(endedSessionsOutput)
    .mutation(async ({ ctx, input }) => ({ ended: await endSession(ctx, input) })),
  endOthers: staffProcedure(...everybody)
    .input(endOtherSessionsInput)
    .output(endedSessionsOutput)
    .mutation(async ({ ctx, input }) => ({ ended: await endOtherSessions(ctx, input) })),
});
