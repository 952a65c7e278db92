const EVERY_MS = 5_000;

/** Lets a line of progress through every few seconds. */
export function seldom(tell: (done: number) => void): (done: number) => void {
  let last = performance.now();
  return (done) => {
    if (performance.now() - last < EVERY_MS) return;
    last = performance.now();
    tell(done);
  };
}
