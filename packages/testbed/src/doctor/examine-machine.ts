import { readFile, statfs } from "node:fs/promises";
import { freemem, totalmem } from "node:os";
import { about, type Finding } from "./finding.ts";

export interface MachineFacts {
  /** Of the running Node: `20.20.2`. */
  readonly node: string;
  readonly totalBytes: number;
  readonly freeBytes: number;
  /** Free on the disk of the data folder. */
  readonly diskBytes: number;
  /** Files and sockets that one process may have open; null where the system does not tell. */
  readonly filesMax: number | null;
}

const OLDEST_NODE = [20, 19] as const;
const MEBIBYTE = 1024 * 1024;
/** A node at work and its share of PostgreSQL. */
const FREE_MEMORY_MIN = 512 * MEBIBYTE;
const FREE_DISK_MIN = 2_048 * MEBIBYTE;
/** 512 connections of people, 32 to each of 64 peers, the database's sessions, and some air. */
const FILES_MIN = 4_096;

export async function readMachine(dataDir: string): Promise<MachineFacts> {
  const { bavail, bsize } = await statfs(dataDir);
  return {
    node: process.versions.node,
    totalBytes: totalmem(),
    freeBytes: (await availableBytes()) ?? freemem(),
    diskBytes: bavail * bsize,
    filesMax: await readFilesMax(),
  };
}

/** What is free or could be freed at once, where Linux tells. */
async function availableBytes(): Promise<number | undefined> {
  const text = await readFile("/proc/meminfo", "utf8").catch(() => "");
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

async function readFilesMax(): Promise<number | null> {
  const text = await readFile("/proc/self/limits", "utf8").catch(() => "");
  const soft = /^Max open files\s+(\d+|unlimited)/m.exec(text)?.[1];
  if (soft === undefined) return null;
  return soft === "unlimited" ? Number.MAX_SAFE_INTEGER : Number(soft);
}

export function judgeMachine(facts: MachineFacts): Finding[] {
  const { good, warning, fault } = about("machine", null);
  const { node, freeBytes, totalBytes, diskBytes, filesMax } = facts;
  const memory = { freeMib: mib(freeBytes), totalMib: mib(totalBytes) };
  const disk = { freeMib: mib(diskBytes) };
  const findings = [
    isOldNode(node)
      ? fault({ code: "node-old", details: { version: node, oldest: OLDEST_NODE.join(".") } })
      : good({ code: "node-good", details: { version: node } }),
    freeBytes < FREE_MEMORY_MIN
      ? warning({ code: "memory-short", details: memory })
      : good({ code: "memory-good", details: memory }),
    diskBytes < FREE_DISK_MIN
      ? fault({ code: "disk-short", details: disk })
      : good({ code: "disk-good", details: disk }),
  ];
  if (filesMax === null) return findings;
  const files = { files: filesMax, wanted: FILES_MIN };
  findings.push(
    filesMax < FILES_MIN
      ? warning({ code: "files-few", details: files })
      : good({ code: "files-good", details: files }),
  );
  return findings;
}

function isOldNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
}

function mib(bytes: number): number {
  return Math.round(bytes / MEBIBYTE);
}
