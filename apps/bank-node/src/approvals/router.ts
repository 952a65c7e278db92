import {
  approvalOutput,
  approvalRules,
  approveInput,
  getApprovalInput,
  listApprovalsInput,
  listApprovalsOutput,
  rejectApprovalInput,
  requestApprovalInput,
  withdrawApprovalInput,
} from "@pacto/contract";
import { router, staffProcedure } from "../trpc.ts";
import { approve, rejectApproval, withdrawApproval } from "./decide-approval.ts";
import { listApprovals, readApproval } from "./read-approvals.ts";
import { requestApproval } from "./request-approval.ts";
import { readApprovalRules } from "./rules.ts";

const readers = ["teller", "supervisor", "auditor", "operator", "user-admin"] as const;
const approvers = ["supervisor", "user-admin"] as const;
const makers = ["teller", "supervisor", "operator", "user-admin"] as const;

/** What takes two persons; each kind says further which roles ask for it and decide it. */
export const approvalsRouter = router({
  request: staffProcedure(...makers)
    .input(requestApprovalInput)
    .output(approvalOutput)
    .mutation(async ({ ctx, input }) => ({ approval: await requestApproval(ctx, input) })),
  approve: staffProcedure(...approvers)
    .input(approveInput)
    .output(approvalOutput)
    .mutation(async ({ ctx, input }) => ({ approval: await approve(ctx, input) })),
  reject: staffProcedure(...approvers)
    .input(rejectApprovalInput)
    .output(approvalOutput)
    .mutation(async ({ ctx, input }) => ({ approval: await rejectApproval(ctx, input) })),
  withdraw: staffProcedure(...makers)
    .input(withdrawApprovalInput)
    .output(approvalOutput)
    .mutation(async ({ ctx, input }) => ({ approval: await withdrawApproval(ctx, input) })),
  get: staffProcedure(...readers)
    .input(getApprovalInput)
    .output(approvalOutput)
    .query(async ({ ctx, input }) => ({ approval: await readApproval(ctx, input.id) })),
  list: staffProcedure(...readers)
    .input(listApprovalsInput)
    .output(listApprovalsOutput)
    .query(({ ctx, input }) => listApprovals(ctx, input)),
  rules: staffProcedure(...readers)
    .output(approvalRules)
    .query(({ ctx }) => readApprovalRules(ctx)),
});
