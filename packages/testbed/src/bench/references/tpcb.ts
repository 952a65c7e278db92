import type { Stage } from "../stage.ts";
import { initTpcb, pgbenchRate } from "./pgbench.ts";

const CLIENTS = [8, 16, 32, 64];
/** Branches of pgbench's tables: as many as its most clients, or they would wait for one another. */
const SCALE = 64;
const TRY_SECONDS = 2;

/** pgbench's TPC-B-like script at the number of clients that suits this machine best. */
export interface Tpcb {
  readonly clients: number;
  /** Transactions per second. */
  round(seconds: number): Promise<number>;
}

const prepared = new WeakMap<Stage, Promise<Tpcb>>();

/** Made once for a stage. */
export function prepareTpcb(stage: Stage): Promise<Tpcb> {
  const known = prepared.get(stage);
  if (known !== undefined) return known;
  const made = prepare(stage);
  prepared.set(stage, made);
  return made;
}

async function prepare(stage: Stage): Promise<Tpcb> {
  const url = await stage.newDatabase("tpcb");
  await initTpcb(url, SCALE);
  await pgbenchRate({ url, clients: 16, seconds: TRY_SECONDS });
  let best = { clients: 0, rate: 0 };
  for (const clients of CLIENTS) {
    const rate = await pgbenchRate({ url, clients, seconds: TRY_SECONDS });
    if (rate > best.rate) best = { clients, rate };
  }
  const { clients } = best;
  return { clients, round: (seconds) => pgbenchRate({ url, clients, seconds }) };
}
