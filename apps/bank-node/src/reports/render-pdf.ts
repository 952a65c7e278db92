import { Worker } from "node:worker_threads";
import type { Locale } from "@pacto/contract";
import { written, type Sheet } from "./sheet.ts";

/** Nobody waits longer for a document; its thread is ended then. */
const PATIENCE_MS = 60_000;

/** One document at a time: the processor belongs to the ledger. */
let turn: Promise<unknown> = Promise.resolve();

/** A report on paper, as a PDF file. Throws when it cannot be drawn. */
export function renderPdf(sheet: Sheet, locale: Locale): Promise<Buffer> {
  const texts = {
    title: sheet.title,
    qr: sheet.qr ?? null,
    facts: sheet.facts.map(([label, value]) => [label, written(value, locale)]),
    sections: sheet.sections.map(({ heading, columns, rows }) => ({
      heading,
      columns,
      rows: rows.map((row) => row.map((cell) => written(cell, locale))),
    })),
  };
  const drawn = turn.then(() => draw(texts));
  turn = drawn.catch(() => undefined);
  return drawn;
}

function draw(texts: object): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./draw-pdf.mjs", import.meta.url), {
      workerData: texts,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    const timer = setTimeout(() => {
      reject(new Error("a document took too long to draw"));
      void worker.terminate();
    }, PATIENCE_MS);
    worker.once("message", (bytes: Uint8Array) => {
      resolve(Buffer.from(bytes));
      void worker.terminate();
    });
    worker.once("error", reject);
    worker.once("exit", () => {
      clearTimeout(timer);
      reject(new Error("the thread that draws ended without a document"));
    });
  });
}
