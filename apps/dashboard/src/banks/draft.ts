"use client";
import { useCallback, useEffect, useState } from "react";
import { atTheDoor, type Sent, settle } from "./refusal.ts";

/**
 * A form's content with the idempotency key of the request that it will become (R50). Both survive
 * a reload; the key changes only when the content changes or a definite answer has come, so that a
 * double click, a reload or a second try never does the same thing twice.
 */
export interface Draft<T> {
  /** False until the browser's store has been read: render no field before. */
  readonly ready: boolean;
  readonly value: T;
  readonly change: (next: Partial<T>) => void;
  /** `unknown`: it was sent and no answer came; the content is fixed until one does. */
  readonly phase: "editing" | "sending" | "unknown";
  /** The bank that an unanswered request went to, where the sender named it. */
  readonly sentTo: string | null;
  readonly send: <Out>(
    request: (value: T, key: string) => Promise<Out>,
    to?: string,
  ) => Promise<Sent<Out>>;
  /** Drops the content; the next one gets a new key. */
  readonly clear: () => void;
}

interface Stored<T> {
  readonly value: T;
  readonly key: string;
  readonly sent: boolean;
  readonly sentTo: string | null;
}

export function useDraft<T extends object>(name: string, initial: T): Draft<T> {
  const [stored, setStored] = useState<Stored<T> | null>(null);
  const [sending, setSending] = useState(false);
  const [first] = useState(initial);

  useEffect(() => {
    setStored(read<T>(name, first) ?? fresh(first));
  }, [name, first]);

  const keep = useCallback(
    (next: Stored<T>) => {
      write(name, next);
      setStored(next);
    },
    [name],
  );

  const current = stored ?? { value: first, key: "", sent: false, sentTo: null };
  return {
    ready: stored !== null,
    value: current.value,
    phase: sending ? "sending" : current.sent ? "unknown" : "editing",
    change: (next) => {
      if (current.sent || sending) return;
      keep({ ...fresh({ ...current.value, ...next }) });
    },
    clear: () => keep(fresh(first)),
    sentTo: current.sentTo,
    send: async (request, to) => {
      if (sending) return { kind: "unknown" };
      setSending(true);
      keep({ ...current, sent: true, sentTo: to ?? null });
      try {
        const outcome = await settle(() => request(current.value, current.key));
        if (outcome.kind === "done") keep(fresh(first));
        if (outcome.kind === "refused") {
          // After a sending whose outcome is unknown, a refusal at the door leaves it unknown.
          if (current.sent && atTheDoor.has(outcome.refusal.code)) return outcome;
          keep(fresh(current.value));
        }
        return outcome;
      } finally {
        setSending(false);
      }
    },
  };
}

function fresh<T>(value: T): Stored<T> {
  return { value, key: makeKey(), sent: false, sentTo: null };
}

/** 128 random bits; randomUUID is missing where a page came over plain HTTP. */
function makeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function storageKey(name: string): string {
  return `pacto-draft:${name}`;
}

/** What was kept, if it still has the form's fields (a newer version may have others). */
function read<T extends object>(name: string, like: T): Stored<T> | null {
  try {
    const text = sessionStorage.getItem(storageKey(name));
    const kept: unknown = text === null ? null : JSON.parse(text);
    if (typeof kept !== "object" || kept === null) return null;
    const { value, key, sent, sentTo } = kept as Partial<Stored<T>>;
    const fits =
      typeof key === "string" &&
      typeof sent === "boolean" &&
      typeof value === "object" &&
      Object.keys(like).every((field) => field in value);
    return fits ? { value, key, sent, sentTo: sentTo ?? null } : null;
  } catch {
    return null;
  }
}

function write<T>(name: string, stored: Stored<T>): void {
  try {
    sessionStorage.setItem(storageKey(name), JSON.stringify(stored));
  } catch {
    // Storage may be full or forbidden; then the draft lives as long as the page.
  }
}
