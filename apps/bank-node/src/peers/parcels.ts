import type { Parcel } from "./lane.ts";
import type { PeerResult } from "./result.ts";

/** The items of one call as parcels; `done` gets their results, in order, once all are settled. */
export function wrapItems(
  items: readonly unknown[],
  deadlineAt: number,
  done: (results: PeerResult[]) => void,
): Parcel[] {
  const results: (PeerResult | undefined)[] = items.map(() => undefined);
  let open = items.length;
  return items.map((item, at) => {
    const text = JSON.stringify(item);
    return {
      text,
      bytes: Buffer.byteLength(text),
      deadlineAt,
      isAlone: false,
      isSettled: () => results[at] !== undefined,
      settle(result) {
        if (results[at] !== undefined) return;
        results[at] = result;
        open -= 1;
        if (open === 0) done(results as PeerResult[]);
      },
    };
  });
}
