/** How far a transaction had come when its connection was lost. */
export type LostPhase = "connect" | "work" | "commit";

/**
 * The connection was lost during a transaction. Before COMMIT was sent (`connect`, `work`) the
 * server rolls back by itself; from then on (`commit`) nobody knows until the outcome is read
 * again by its key (P7, P10).
 */
export class LostTransaction extends Error {
  override readonly name = "LostTransaction";
  readonly phase: LostPhase;

  constructor(phase: LostPhase, cause: unknown) {
    super(
      phase === "commit"
        ? "The database connection was lost at COMMIT: the outcome is unknown."
        : "The database connection was lost before COMMIT: nothing was written.",
      { cause },
    );
    this.phase = phase;
  }
}
