/** One request on its way to another bank. */
export interface Journey<Outcome> {
  readonly bank: string;
  readonly timeoutMs: number;
  readonly send: (timeoutMs: number) => Promise<Outcome>;
  /** What the sender has where nothing comes back in time. */
  readonly lost: Outcome;
}

/** How requests travel to other banks: at once, unless a laboratory bends the link. */
export type Passage = <Outcome>(journey: Journey<Outcome>) => Promise<Outcome>;

export const straight: Passage = ({ send, timeoutMs }) => send(timeoutMs);
