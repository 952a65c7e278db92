import { accountsRouter } from "./accounts/router.ts";
import { approvalsRouter } from "./approvals/router.ts";
import { auditRouter } from "./audit/router.ts";
import { cashRouter } from "./cash/router.ts";
import { clientsRouter } from "./clients/router.ts";
import { commitRouter } from "./commit/router.ts";
import { debitsRouter } from "./debits/router.ts";
import { exportsRouter } from "./exports/router.ts";
import { interestRouter } from "./interest/router.ts";
import { jobsRouter } from "./jobs/router.ts";
import { limitsRouter } from "./limits/router.ts";
import { listingsRouter } from "./listings/router.ts";
import { loansRouter } from "./loans/router.ts";
import { notificationsRouter } from "./notifications/router.ts";
import { operationsRouter } from "./operations/router.ts";
import { pixRouter } from "./pix/router.ts";
import { plansRouter } from "./plans/router.ts";
import { reportsRouter } from "./reports/router.ts";
import { sessionsRouter } from "./sessions/router.ts";
import { signInRouter } from "./sign-in/router.ts";
import { staffRouter } from "./staff/router.ts";
import { statusRouter } from "./status/router.ts";
import { transfersRouter } from "./transfers/router.ts";
import { router } from "./trpc.ts";
import { webhooksRouter } from "./webhooks/router.ts";

/** Everything that one bank's node offers; each procedure says who may call it. */
export const appRouter = router({
  accounts: accountsRouter,
  approvals: approvalsRouter,
  audit: auditRouter,
  cash: cashRouter,
  clients: clientsRouter,
  commit: commitRouter,
  debits: debitsRouter,
  exports: exportsRouter,
  interest: interestRouter,
  jobs: jobsRouter,
  limits: limitsRouter,
  listings: listingsRouter,
  loans: loansRouter,
  notifications: notificationsRouter,
  operations: operationsRouter,
  pix: pixRouter,
  plans: plansRouter,
  reports: reportsRouter,
  sessions: sessionsRouter,
  signIn: signInRouter,
  staff: staffRouter,
  status: statusRouter,
  transfers: transfersRouter,
  webhooks: webhooksRouter,
});

export type AppRouter = typeof appRouter;
