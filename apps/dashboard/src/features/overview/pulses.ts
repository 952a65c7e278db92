"use client";
import type { TransferView } from "@pacto/contract";
import { useEffect, useRef, useState } from "react";

/** A transfer between two banks that this page has just learnt of. */
export interface Pulse {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly isAborted: boolean;
}

const PULSE_MS = 1_900;
/** A crowd of transfers is shown by some of them. */
const PULSES_MAX = 24;

/** One pulse from the coordinator to each other bank of every transfer that is new on this page. */
export function usePulses(transfers: readonly TransferView[]): readonly Pulse[] {
  const known = useRef<Set<string> | null>(null);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  const [pulses, setPulses] = useState<readonly Pulse[]>([]);
  useEffect(() => {
    if (transfers.length === 0) return;
    const before = known.current;
    known.current = new Set(transfers.map(({ id }) => id));
    // What was there when the page opened has run already.
    if (before === null) return;
    const fresh = transfers.filter(({ id }) => !before.has(id)).flatMap(pulsesOf);
    if (fresh.length === 0) return;
    setPulses((shown) => [...shown, ...fresh].slice(-PULSES_MAX));
    const keys = new Set(fresh.map(({ key }) => key));
    const timer = setTimeout(() => {
      timers.current.delete(timer);
      setPulses((shown) => shown.filter(({ key }) => !keys.has(key)));
    }, PULSE_MS);
    timers.current.add(timer);
  }, [transfers]);
  useEffect(() => {
    const running = timers.current;
    return () => running.forEach((timer) => clearTimeout(timer));
  }, []);
  return pulses;
}

function pulsesOf({ id, coordinator, state, branches }: TransferView): Pulse[] {
  return branches
    .filter(({ bank }) => bank !== coordinator)
    .map(({ bank }) => ({
      key: `${id} ${bank}`,
      from: coordinator,
      to: bank,
      isAborted: state === "aborted",
    }));
}
