import {
  listNotificationsInput,
  listNotificationsOutput,
  readNotificationsInput,
  readNotificationsOutput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { listNotifications, readNotifications } from "./list-notifications.ts";

const readers = ["teller", "supervisor", "auditor", "operator"] as const;

export const notificationsRouter = router({
  list: staffProcedure(...readers)
    .meta(rest("GET", "/notifications", "What happened of itself"))
    .input(listNotificationsInput)
    .output(listNotificationsOutput)
    .query(({ ctx, input }) => listNotifications(ctx, input)),
  read: staffProcedure(...readers)
    .input(readNotificationsInput)
    .output(readNotificationsOutput)
    .mutation(({ ctx, input }) => readNotifications(ctx, input)),
});
