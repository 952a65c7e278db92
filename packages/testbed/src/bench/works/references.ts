import { compare } from "../comparison.ts";
import { doubleEntries, prepareDoubleEntries } from "../references/double-entry.ts";
import { pgbenchRate } from "../references/pgbench.ts";
import { prepareTpcb } from "../references/tpcb.ts";
import type { Work } from "./work.ts";

const ACCOUNTS = 1_000;
const CLIENTS = 32;

/** Other ways to post the same double entry, so that TPC-B is seen in proportion. */
export const references: Work = {
  name: "references",
  isLong: true,
  async run({ stage, pace, signal }) {
    const tpcb = await prepareTpcb(stage);
    const url = await stage.newDatabase("double_entry");
    const scripts = await prepareDoubleEntries(url, ACCOUNTS);
    try {
      const measured = [];
      for (const way of doubleEntries) {
        const file = scripts.file(way);
        measured.push(
          await compare({
            name: `pgbench ${way}, against TPC-B`,
            unit: "per-second",
            target: null,
            signal,
            rounds: pace.rounds,
            ours: () => pgbenchRate({ url, file, clients: CLIENTS, seconds: pace.seconds }),
            reference: () => tpcb.round(pace.seconds),
          }),
        );
      }
      return measured;
    } finally {
      await scripts.close();
    }
  },
};
