"use client";
import type { LabAct, LabRecording, LabState } from "@pacto/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

const LOOK_MS = 1_000;
const KEY = ["lab"];

export interface Lab {
  /** Null until the Lab has answered for the first time. */
  readonly state: LabState | null;
  /** Why it could not be read, or why the last wish was not done; in the control's own words. */
  readonly problem: string | null;
  readonly isBusy: boolean;
  /** Does acts in their order, each once the one before is done. */
  readonly act: (...acts: readonly LabAct[]) => Promise<void>;
  readonly record: (seed: number) => Promise<void>;
  readonly replay: (recording: LabRecording) => Promise<void>;
  readonly stopReplay: () => Promise<void>;
}

/** The Lab of this local consortium, looked at each second while the page is visible. */
export function useLab(): Lab {
  const queryClient = useQueryClient();
  const seen = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ask("GET", "", undefined, signal),
    refetchInterval: LOOK_MS,
  });
  const wish = useMutation({
    mutationFn: async (wishes: readonly Wish[]) => {
      for (const { method, path, body } of wishes) {
        queryClient.setQueryData(KEY, await ask(method, path, body));
      }
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: KEY }),
  });
  const send = async (...wishes: readonly Wish[]) => {
    await wish.mutateAsync(wishes).catch(() => undefined);
  };
  return {
    state: seen.data ?? null,
    problem: wish.error?.message ?? seen.error?.message ?? null,
    isBusy: wish.isPending,
    act: (...acts) => send(...acts.map((body) => ({ method: "POST", path: "/acts", body }))),
    record: (seed) => send({ method: "POST", path: "/recordings", body: { seed } }),
    replay: (recording) => send({ method: "POST", path: "/replays", body: recording }),
    stopReplay: () => send({ method: "DELETE", path: "/replays", body: {} }),
  };
}

interface Wish {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

async function ask(
  method: string,
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<LabState> {
  const answer = await fetch(`/api/lab${path}`, {
    method,
    cache: "no-store",
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    ...(signal === undefined ? {} : { signal }),
  });
  const read: unknown = await answer.json();
  if (!answer.ok) throw new Error(problemIn(read) ?? String(answer.status));
  return read as LabState;
}

function problemIn(body: unknown): string | null {
  const error = (body as { readonly error?: unknown } | null)?.error;
  if (typeof error === "string") return error;
  const message = (error as { readonly message?: unknown } | undefined)?.message;
  return typeof message === "string" ? message : null;
}
