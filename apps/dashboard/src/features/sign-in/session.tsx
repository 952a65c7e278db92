"use client";
import { useQueryClient } from "@tanstack/react-query";
import type { StaffTokenView } from "@pacto/contract";
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { sessionEnded } from "../../banks/session-ended.ts";
import { callSession } from "./call-session.ts";

export interface SignedIn {
  /** The bank that vouches for the person. */
  readonly bank: string;
  readonly person: StaffTokenView["person"];
  readonly idleUntil: string;
  readonly endsAt: string;
}

type State =
  | { readonly kind: "asking" }
  | { readonly kind: "out" }
  | { readonly kind: "in"; readonly who: SignedIn }
  /** It ended under somebody's hands: the page stays, with what was typed, until they are back. */
  | { readonly kind: "ended"; readonly who: SignedIn };

interface Session {
  readonly state: State;
  /** Asks who is signed in now. */
  readonly look: () => Promise<void>;
  readonly signOut: () => Promise<void>;
}

const SessionContext = createContext<Session | null>(null);

/** A person at work is told to the bank this often at most. */
const ACTIVITY_MS = 60_000;

/** Who is signed in, for everything below. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState<State>({ kind: "asking" });
  const queryClient = useQueryClient();

  const look = useCallback(async () => {
    const answer = await callSession<SignedIn>(null);
    if (!answer.ok) {
      setState((before) => ("who" in before ? { ...before, kind: "ended" } : { kind: "out" }));
      return;
    }
    const { value: who } = answer;
    setState((before) => {
      // Somebody else gets no page that another one has filled in.
      if ("who" in before && before.who.person.id !== who.person.id) location.reload();
      return { kind: "in", who };
    });
    await queryClient.invalidateQueries();
  }, [queryClient]);

  const signOut = useCallback(async () => {
    await callSession("sign-out", {});
    location.assign("/");
  }, []);

  useEffect(() => void look(), [look]);
  useEffect(
    () =>
      sessionEnded.subscribe(() =>
        setState((before) => (before.kind === "in" ? { ...before, kind: "ended" } : before)),
      ),
    [],
  );
  useActivity(state.kind === "in");
  const session = useMemo(() => ({ state, look, signOut }), [state, look, signOut]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Only keys and clicks keep a session alive, not the questions that a page asks by itself. */
function useActivity(isSignedIn: boolean): void {
  const toldAt = useRef(0);
  useEffect(() => {
    if (!isSignedIn) return;
    const onActivity = () => {
      if (Date.now() - toldAt.current < ACTIVITY_MS) return;
      toldAt.current = Date.now();
      void callSession("activity", {}).then((answer) => {
        if (!answer.ok && answer.refusal.code === "session-ended") sessionEnded.tell();
      });
    };
    const kinds = ["pointerdown", "keydown"] as const;
    for (const kind of kinds) addEventListener(kind, onActivity, { passive: true });
    return () => {
      for (const kind of kinds) removeEventListener(kind, onActivity);
    };
  }, [isSignedIn]);
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error("SessionProvider is missing");
  return session;
}

/** The person at this browser; null while nobody is. */
export function useSignedIn(): SignedIn | null {
  const { state } = useSession();
  return "who" in state ? state.who : null;
}
