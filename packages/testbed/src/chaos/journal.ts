import { open, readFile, type FileHandle } from "node:fs/promises";
import { z } from "zod";

/** One account's share of a transfer, as a client asked for it. */
const side = z.object({ bank: z.string(), account: z.string(), amountCentavos: z.int() });

const operation = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("transfer"),
    bank: z.string(),
    from: z.array(side),
    to: z.array(side),
  }),
  z.object({
    kind: z.enum(["deposit", "withdraw"]),
    bank: z.string(),
    account: z.string(),
    amountCentavos: z.int(),
  }),
  z.object({ kind: z.literal("read"), bank: z.string(), account: z.string() }),
]);

/** `at` counts milliseconds on the run's one monotonic clock. */
const record = z.discriminatedUnion("event", [
  z.object({ event: z.literal("sent"), key: z.string(), at: z.number(), operation }),
  z.object({
    event: z.literal("replied"),
    key: z.string(),
    at: z.number(),
    /** `open`: accepted and not decided yet. `refused`: nothing was begun. */
    outcome: z.enum(["committed", "aborted", "refused", "open", "done", "read"]),
    transaction: z.string().optional(),
    posting: z.string().optional(),
    code: z.string().optional(),
    version: z.int().optional(),
    balanceCentavos: z.int().optional(),
    /** When the attempt that brought the reply was sent, where that matters (reads). */
    invokedAt: z.number().optional(),
  }),
]);

export type Operation = z.infer<typeof operation>;
export type JournalRecord = z.infer<typeof record>;
export type Reply = Extract<JournalRecord, { event: "replied" }>;

export interface Journal {
  /** Durable when it resolves: the client acts only after that (R50). */
  append(entry: JournalRecord): Promise<void>;
  close(): Promise<void>;
}

/** A client's own memory, on disk before each send and after each reply. */
export async function openJournal(path: string): Promise<Journal> {
  const file: FileHandle = await open(path, "a", 0o600);
  let waiting: string[] = [];
  let flushing: Promise<void> | undefined;

  async function flush(): Promise<void> {
    const lines = waiting;
    waiting = [];
    await file.write(lines.join(""));
    await file.datasync();
  }

  return {
    async append(entry) {
      waiting.push(`${JSON.stringify(entry)}\n`);
      // Whoever comes during a flush shares the next one.
      while (flushing !== undefined) await flushing;
      if (waiting.length === 0) return;
      flushing = flush().finally(() => {
        flushing = undefined;
      });
      await flushing;
    },
    close: () => file.close(),
  };
}

/** Reads a journal back; a last line that a crash cut short was never acted upon. */
export async function readJournal(path: string): Promise<JournalRecord[]> {
  const lines = (await readFile(path, "utf8")).split("\n");
  const isWhole = lines.pop() === "";
  if (!isWhole && lines.length === 0) return [];
  return lines.map((line) => record.parse(JSON.parse(line)));
}
