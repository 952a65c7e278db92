import { setTimeout as sleep } from "node:timers/promises";
import type { DrainOutput } from "@pacto/contract";
import { readBank } from "../arguments/references.ts";
import { readWhole } from "../arguments/scalars.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { facts } from "../output/layout.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

export interface WaitOptions {
  readonly wait?: string;
}

const AGAIN_MS = 250;
const WAIT_MAX_SECONDS = 86_400;

/** Takes a bank out of service: no new transfers there. With `--wait`, until it may be stopped. */
export async function drainBank(
  session: Session,
  bankText: string,
  options: WaitOptions,
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const state = await askBank(session.consortium(), bank, (api) => api.operations.drain.mutate());
  const told = await untilSafe(session, { bank, state }, options);
  const { operations: says } = language.texts;
  const lines = [says.draining(bank), ...told.lines];
  // The drain itself is done; only a wait that was asked for can be in vain.
  return options.wait === undefined ? { json: told.json, lines } : { ...told, lines };
}

/** "Safe to stop?" Exit 0 when nobody would wait for the bank, else 1. */
export async function isSafeToStop(
  session: Session,
  bankText: string,
  options: WaitOptions,
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  return untilSafe(session, { bank, state: await readDrain(session, bank) }, options);
}

function readDrain(session: Session, bank: string): Promise<DrainOutput> {
  return askBank(session.consortium(), bank, (api) => api.operations.drainState.query());
}

interface Drain {
  readonly bank: string;
  readonly state: DrainOutput;
}

async function untilSafe(session: Session, drain: Drain, options: WaitOptions): Promise<Told> {
  const seconds = readWhole(options.wait ?? "0", [0, WAIT_MAX_SECONDS], session.language);
  const until = performance.now() + seconds * 1_000;
  let { state } = drain;
  while (!state.isSafeToStop && performance.now() < until) {
    await sleep(AGAIN_MS, undefined, { signal: session.signal });
    state = await readDrain(session, drain.bank);
  }
  return tellDrain(session, { bank: drain.bank, state });
}

function tellDrain({ language }: Session, { bank, state }: Drain): Told {
  const { operations: says } = language.texts;
  return {
    json: { bank, ...state },
    lines: [
      ...facts([
        [says.mode, says.modes[state.mode]],
        [says.coordinating, String(state.coordinating)],
        [says.inDoubt, String(state.inDoubt)],
      ]),
      verdict(bank, state, says),
    ],
    exit: state.isSafeToStop ? 0 : 1,
  };
}

function verdict(
  bank: string,
  state: DrainOutput,
  says: Session["language"]["texts"]["operations"],
): string {
  if (state.isSafeToStop) return says.safe(bank);
  if (state.mode === "normal") return says.notDrained(bank);
  if (state.mode === "recovering") return says.recovering(bank);
  return says.stillOpen(state.coordinating, state.inDoubt);
}
