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
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { createTransfer } from "./create-transfer.ts";
import { previewImport, startImport } from "./import-transfers.ts";
import { previewTransfer } from "./preview-transfer.ts";
import { reverseTransfer } from "./reverse-transfer.ts";
import { readTimeline } from "./read-timeline.ts";
import { listInDoubt, listTransfers, readBranch, readTransfer } from "./read-transfers.ts";
import { watchTransfer } from "./watch-transfer.ts";

const readers = ["teller", "supervisor", "auditor", "operator"] as const;

export const transfersRouter = router({
  create: staffProcedure("teller")
    .meta(rest("POST", "/transfers", "Transfer between any accounts of any banks, all or nothing"))
    .input(createTransferInput)
    .output(transferOutput)
    .mutation(async ({ ctx, input }) => ({ transfer: await createTransfer(ctx, input) })),
  reverse: staffProcedure("supervisor")
    .meta(rest("POST", "/transfers/{id}/reversals", "Take a transfer back by another one"))
    .input(reverseTransferInput)
    .output(transferOutput)
    .mutation(async ({ ctx, input }) => ({ transfer: await reverseTransfer(ctx, input) })),
  previewImport: staffProcedure("teller")
    .meta(rest("POST", "/imports/previews", "What each line of a file would do"))
    .input(previewImportInput)
    .output(previewImportOutput)
    .mutation(({ ctx, input }) => previewImport(ctx, input)),
  startImport: staffProcedure("teller")
    .meta(rest("POST", "/imports", "Import a file of transfers, as a job"))
    .input(startImportInput)
    .output(jobOutput)
    .mutation(async ({ ctx, input }) => ({ job: await startImport(ctx, input) })),
  preview: staffProcedure("teller")
    .meta(rest("POST", "/transfers/preview", "What the banks would say, without holding anything"))
    .input(previewTransferInput)
    .output(previewTransferOutput)
    .query(({ ctx, input }) => previewTransfer(ctx, input)),
  get: staffProcedure(...readers)
    .meta(rest("GET", "/transfers/{id}", "One transfer"))
    .input(getTransferInput)
    .output(transferOutput)
    .query(async ({ ctx, input }) => ({ transfer: await readTransfer(ctx, input.id) })),
  list: staffProcedure(...readers)
    .meta(rest("GET", "/transfers", "Transfers, newest first"))
    .input(listTransfersInput)
    .output(listTransfersOutput)
    .query(({ ctx, input }) => listTransfers(ctx, input)),
  branch: staffProcedure(...readers)
    .meta(rest("GET", "/transfers/{id}/branch", "What this bank knows of a transfer"))
    .input(getBranchInput)
    .output(getBranchOutput)
    .query(async ({ ctx, input }) => ({ branch: await readBranch(ctx, input.id) })),
  timeline: staffProcedure(...readers)
    .meta(rest("GET", "/transfers/{id}/timeline", "What this bank saw of a transfer"))
    .input(timelineInput)
    .output(timelineOutput)
    .query(({ ctx, input }) => readTimeline(ctx, input.id)),
  watch: staffProcedure(...readers)
    .input(timelineInput)
    .subscription(({ ctx, input, signal }) => watchTransfer(ctx, input.id, signal)),
  receipt: staffProcedure(...readers)
    .meta(rest("GET", "/transfers/{id}/receipt", "Receipt with the signatures of all banks"))
    .input(receiptInput)
    .output(receiptOutput)
    .query(async ({ ctx, input }) => ({ receipt: await readReceipt(ctx, input.id) })),
  inDoubt: staffProcedure(...readers)
    .meta(rest("GET", "/transfers/in-doubt", "Transfers that wait for a decision here"))
    .output(inDoubtOutput)
    .query(({ ctx }) => listInDoubt(ctx)),
});
