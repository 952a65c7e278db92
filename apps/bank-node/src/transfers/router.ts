import {
  createTransferInput,
  getBranchInput,
  getBranchOutput,
  getTransferInput,
  inDoubtOutput,
  jobOutput,
  listTransfersInput,
  listTransfersOutput,
  previewImportInput,
  previewImportOutput,
  previewTransferInput,
  previewTransferOutput,
  receiptInput,
  receiptOutput,
  reverseTransferInput,
  timelineInput,
  timelineOutput,
  startImportInput,
  transferOutput,
} from "@pacto/contract";
import { readReceipt } from "../operations/receipt.ts";
import { router, staffProcedure } from "../trpc.ts";
import { createTransfer } from "./create-transfer.ts";
import { previewImport, startImport } from "./import-transfers.ts";
import { previewTransfer } from "./preview-transfer.ts";
import { reverseTransfer } from "./reverse-transfer.ts";
import { readTimeline } from "./read-timeline.ts";
import { listInDoubt, listTransfers, readBranch, readTransfer } from "./read-transfers.ts";

const readers = ["teller", "supervisor", "auditor", "operator"] as const;

export const transfersRouter = router({
  create: staffProcedure("teller")
    .input(createTransferInput)
    .output(transferOutput)
    .mutation(async ({ ctx, input }) => ({ transfer: await createTransfer(ctx, input) })),
  reverse: staffProcedure("supervisor")
    .input(reverseTransferInput)
    .output(transferOutput)
    .mutation(async ({ ctx, input }) => ({ transfer: await reverseTransfer(ctx, input) })),
  previewImport: staffProcedure("teller")
    .input(previewImportInput)
    .output(previewImportOutput)
    .mutation(({ ctx, input }) => previewImport(ctx, input)),
  startImport: staffProcedure("teller")
    .input(startImportInput)
    .output(jobOutput)
    .mutation(async ({ ctx, input }) => ({ job: await startImport(ctx, input) })),
  preview: staffProcedure("teller")
    .input(previewTransferInput)
    .output(previewTransferOutput)
    .query(({ ctx, input }) => previewTransfer(ctx, input)),
  get: staffProcedure(...readers)
    .input(getTransferInput)
    .output(transferOutput)
    .query(async ({ ctx, input }) => ({ transfer: await readTransfer(ctx, input.id) })),
  list: staffProcedure(...readers)
    .input(listTransfersInput)
    .output(listTransfersOutput)
    .query(({ ctx, input }) => listTransfers(ctx, input)),
  branch: staffProcedure(...readers)
    .input(getBranchInput)
    .output(getBranchOutput)
    .query(async ({ ctx, input }) => ({ branch: await readBranch(ctx, input.id) })),
  timeline: staffProcedure(...readers)
    .input(timelineInput)
    .output(timelineOutput)
    .query(({ ctx, input }) => readTimeline(ctx, input.id)),
  receipt: staffProcedure(...readers)
    .input(receiptInput)
    .output(receiptOutput)
    .query(async ({ ctx, input }) => ({ receipt: await readReceipt(ctx, input.id) })),
  inDoubt: staffProcedure(...readers)
    .output(inDoubtOutput)
    .query(({ ctx }) => listInDoubt(ctx)),
});
