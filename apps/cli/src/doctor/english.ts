import type { FindingCode, Level } from "@pacto/testbed/doctor";

const findings: Record<FindingCode, string> = {
  "node-good": "Node {version}.",
  "node-old": "Node {version} is too old: install {oldest} or newer.",
  "memory-good": "{freeMib} MiB of {totalMib} MiB of memory are free.",
  "memory-short": "Only {freeMib} MiB of {totalMib} MiB of memory are free: a busy bank needs 512.",
  "disk-good": "{freeMib} MiB of disk are free.",
  "disk-short": "Only {freeMib} MiB of disk are free: a full disk stops a bank. Make room.",
  "files-good": "A process may open {files} files.",
  "files-few":
    "A process may open only {files} files; a bank under load wants {wanted} (ulimit -n).",
  "manifest-good": "The manifest names {banks} banks and is sound (epoch {epoch}).",
  "key-good": "The private key is the one that the manifest names ({keyId}).",
  "key-missing": "There is no private key in {path}: put it back, or the bank cannot sign.",
  "key-open": "The private key {path} is readable by others: close it with chmod 600.",
  "key-unknown":
    "The manifest does not know the key {keyId} of {path}: other banks refuse its signatures.",
  "key-malformed": "{path} holds no Ed25519 private key in PEM.",
  "database-unknown": "This bank's database was never set up here: start the bank once.",
  "database-good": "PostgreSQL {version}, durable, up to date, {sessions} sessions.",
  "database-unreachable": "The database does not answer: {why}",
  "database-unsafe": "{setting} is off: acknowledged transfers may be lost. Set it to on.",
  "checksums-off": "The server keeps no checksums of its pages: a rotten disk goes unnoticed.",
  "schema-behind": "{missing} migrations are missing: the bank applies them at its next start.",
  "role-mighty": "The service role may create tables: revoke CREATE on schema public from it.",
  "transaction-old":
    "A transaction has been open for {seconds} s: it keeps old rows from being pruned.",
  "prepared-left":
    "{transactions} prepared transactions are left: they hold locks. Pacto makes none.",
  "sessions-many": "{sessions} of {most} connections are taken: the next process may get none.",
  "peer-good": "Ready; answered in {ms} ms.",
  "peer-silent": "Does not answer at {url}: is it started, and can this machine reach it?",
  "peer-not-ready": "Answers, but is not ready yet: it is starting, draining or learning again.",
  "peer-database-down": "Answers, but its database does not.",
  "clock-skewed": "Its clock is {seconds} s off: at 60 s its messages are refused. Use NTP.",
  "in-doubt-old": "{count} branches are in doubt, the oldest for {seconds} s: see pacto in-doubt.",
  "decider-differs":
    "It decides by {theirs}, the manifest says {manifest}: it has another manifest.",
  "peer-cut-off": "It does not reach {other}.",
};

const levels: Record<Level, string> = { good: "ok", warning: "warning", fault: "FAULT" };

export const doctor = {
  result: "RESULT",
  about: "ABOUT",
  sentence: "FINDING",
  summary: "say what is wrong with this machine, the configuration, the databases and the banks",
  levels,
  subjects: {
    machine: "machine",
    configuration: "configuration",
    database: "database",
    peer: "bank",
  },
  findings,
  verdict: (faults: number, warnings: number) =>
    faults + warnings === 0 ? "Nothing is wrong." : `${faults} faults, ${warnings} warnings`,
};
