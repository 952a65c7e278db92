import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import type { StatusOutput } from "@pacto/contract";
import type { Door } from "../edge/door.ts";
import { type Pressure, urgencies } from "../edge/pressure.ts";
import type { Pools } from "../database/pools.ts";
import type { EngineCounters } from "../ledger/engine/posting-engine.ts";
import { type BooksFigures, readBooks } from "./read-books.ts";
import { type Metric, writeMetrics } from "./write-metrics.ts";

export interface MetricsSource {
  readonly bank: string;
  readonly readStatus: () => Promise<StatusOutput>;
  readonly engine: Readonly<EngineCounters>;
  readonly alarms: ReadonlyMap<string, number>;
  /** Of the manifest that the bank goes by now. */
  readonly manifestEpoch: () => number;
  readonly pools: Pools;
  readonly pressure: Pressure;
  readonly door: Door;
  /** Other banks' clocks, less ours, in milliseconds. */
  readonly skewsMs: ReadonlyMap<string, number>;
}

/** `/metrics` in Prometheus' text form: the status, the engine, the pools and the process. */
export function createMetrics(source: MetricsSource): () => Promise<string> {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  return async () =>
    writeMetrics([
      ...statusMetrics(await source.readStatus()),
      ...booksMetrics(source.bank, await readBooks(source.pools.health)),
      skewMetric(source.skewsMs),
      ...engineMetrics(source.engine),
      alarmMetric(source.alarms),
      gauge("pacto_manifest_epoch", "Epoch of the manifest in force", source.manifestEpoch()),
      ...poolMetrics(source.pools),
      ...doorMetrics(source),
      ...processMetrics(delay),
    ]);
}

function statusMetrics(status: StatusOutput): Metric[] {
  const flag = (value: boolean | null) => (value === true ? 1 : 0);
  return [
    gauge("pacto_ready", "1 when the bank takes work", flag(status.ready)),
    gauge("pacto_database_up", "1 when the database answers", flag(status.database === "up")),
    gauge("pacto_in_doubt_branches", "Branches that wait for a decision (R33)", status.inDoubt),
    gauge(
      "pacto_oldest_in_doubt_seconds",
      "How long the oldest of them has waited",
      status.oldestInDoubtMs / 1_000,
    ),
    {
      name: "pacto_peer_reachable",
      help: "1 when the other bank was reached at the last try",
      type: "gauge",
      values: status.peers.map((peer) => ({
        labels: { peer: peer.bank },
        value: flag(peer.reachable),
      })),
    },
  ];
}

/** By bank, since its processes all tell the same. No values, rather than zeros, while the database does not answer. */
function booksMetrics(bank: string, books: BooksFigures | undefined): Metric[] {
  const read = (name: string, help: string, value: (figures: BooksFigures) => number): Metric => ({
    name,
    help,
    type: "gauge",
    values: books === undefined ? [] : [{ labels: { bank }, value: value(books) }],
  });
  return [
    read(
      "pacto_clearing_centavos",
      "Position; over all banks zero whenever nothing is open",
      ({ clearing }) => Number(clearing),
    ),
    read("pacto_open_transactions", "Global transactions that are open here", ({ open }) => open),
    read(
      "pacto_drawer_variance_centavos",
      "What drawers lacked or had too much in 24 hours, without signs",
      ({ drawerVariance }) => Number(drawerVariance),
    ),
  ];
}

function skewMetric(skewsMs: ReadonlyMap<string, number>): Metric {
  return {
    name: "pacto_peer_clock_skew_seconds",
    help: "The other bank's clock, less this one's (R44)",
    type: "gauge",
    values: [...skewsMs].map(([peer, ms]) => ({ labels: { peer }, value: ms / 1_000 })),
  };
}

function engineMetrics(engine: Readonly<EngineCounters>): Metric[] {
  return [
    counter("pacto_engine_batches_total", "Batches posted", engine.batches),
    counter("pacto_engine_commands_total", "Commands in them", engine.commands),
    counter("pacto_engine_statements_total", "Statements sent for them", engine.statements),
    counter("pacto_engine_retries_total", "Batches tried again after a conflict", engine.retries),
    gauge("pacto_engine_largest_batch", "Commands of the largest batch", engine.largestBatch),
  ];
}

function alarmMetric(alarms: ReadonlyMap<string, number>): Metric {
  return {
    name: "pacto_protocol_alarms_total",
    help: "What cannot happen among honest, healthy banks; the evidence is in the audit",
    type: "counter",
    values: [...alarms].map(([code, value]) => ({ labels: { code }, value })),
  };
}

function poolMetrics(pools: Pools): Metric[] {
  const names = ["api", "engine", "recovery", "health"] as const;
  const each = (read: (name: (typeof names)[number]) => number) =>
    names.map((name) => ({ labels: { pool: name }, value: read(name) }));
  return [
    {
      name: "pacto_database_connections",
      help: "Open connections of each pool",
      type: "gauge",
      values: each((name) => pools[name].totalCount),
    },
    {
      name: "pacto_database_waiting",
      help: "Requests that wait for a connection of each pool",
      type: "gauge",
      values: each((name) => pools[name].waitingCount),
    },
  ];
}

function doorMetrics({ pressure, door }: MetricsSource): Metric[] {
  return [
    gauge(
      "pacto_pressure",
      "How far behind the node is; 1 and more is an overload",
      pressure.now(),
    ),
    gauge("pacto_streams", "Answers that stay open while somebody watches", door.streams.count),
    {
      name: "pacto_shed_total",
      help: "Calls turned away in an overload, by urgency",
      type: "counter",
      values: urgencies.map((urgency) => ({
        labels: { urgency },
        value: door.counters.shed[urgency],
      })),
    },
    counter(
      "pacto_rate_limited_total",
      "Calls turned away because their caller asks too often",
      door.counters.rateLimited,
    ),
  ];
}

const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;

function processMetrics(delay: IntervalHistogram): Metric[] {
  const cpu = process.cpuUsage();
  const metrics = [
    counter(
      "process_cpu_seconds_total",
      "Processor time used",
      (cpu.user + cpu.system) / MICROSECONDS,
    ),
    gauge("process_resident_memory_bytes", "Memory in use", process.memoryUsage.rss()),
    gauge(
      "process_start_time_seconds",
      "When the process started, since 1970",
      Math.round(performance.timeOrigin) / 1_000,
    ),
    gauge(
      "nodejs_eventloop_delay_p99_seconds",
      "99th percentile of the event loop's delay since the last reading",
      delay.percentile(99) / NANOSECONDS,
    ),
  ];
  delay.reset();
  return metrics;
}

function gauge(name: string, help: string, value: number): Metric {
  return { name, help, type: "gauge", values: [{ labels: {}, value }] };
}

function counter(name: string, help: string, value: number): Metric {
  return { name, help, type: "counter", values: [{ labels: {}, value }] };
}
