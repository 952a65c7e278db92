import type { Refusal } from "@pacto/contract";
import type { ExitCode } from "../exit.ts";

/** What a verb has to say: the same for programs and for people. */
export interface Told {
  /** For `--json`; bigint centavos become JSON integers. */
  readonly json: unknown;
  readonly lines: readonly string[];
  /** 0 unless told otherwise. */
  readonly exit?: ExitCode;
  /** Why the exit is not 0: shown on stderr by code and sentence. */
  readonly refusal?: Refusal | undefined;
  /** Sentences for stderr: what is not known, and what to do. */
  readonly notes?: readonly string[];
}
