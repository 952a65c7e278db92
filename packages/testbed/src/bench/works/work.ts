import type { Comparison } from "../comparison.ts";
import type { Stage } from "../stage.ts";

/** How long and how often a work is measured. */
export interface Pace {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

export interface WorkOptions {
  readonly stage: Stage;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

/** One kind of work that Pacto does, beside what its users would pick instead. */
export interface Work {
  readonly name: string;
  /** Takes minutes: not part of a quick run. */
  readonly isLong: boolean;
  readonly run: (options: WorkOptions) => Promise<readonly Comparison[]>;
}
