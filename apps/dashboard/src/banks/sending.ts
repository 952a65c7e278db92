"use client";
import type { Refusal } from "@pacto/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Draft } from "./draft.ts";

interface Asking<T, Out> {
  /** The bank that is asked; what is shown of it is read again afterwards. */
  readonly bank: string;
  readonly request: (value: T, key: string) => Promise<Out>;
  readonly onDone?: (output: Out, value: T) => void;
}

/** Sends a draft to its bank; an unanswered one is asked about at the bank that it went to. */
export function useSending<T extends object, Out>(draft: Draft<T>, asking: Asking<T, Out>) {
  const queryClient = useQueryClient();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  async function send() {
    setRefusal(null);
    const { value } = draft;
    const bank = draft.sentTo ?? asking.bank;
    const sent = await draft.send(asking.request, bank);
    if (sent.kind === "refused") setRefusal(sent.refusal);
    if (sent.kind !== "done") return;
    void queryClient.invalidateQueries({ queryKey: [[bank]] });
    asking.onDone?.(sent.value, value);
  }
  return { send: () => void send(), refusal };
}
