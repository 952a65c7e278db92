"use client";
import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { Following } from "./following.ts";
import { type BankHealth, takesWork, unknownHealth } from "./health.ts";
import { HealthWatch } from "./health-watch.ts";
import type { BankMember } from "./member.ts";

/** A member together with how it is doing now. */
export interface Bank extends BankMember {
  readonly health: BankHealth;
}

interface Banks {
  readonly members: readonly BankMember[];
  readonly watch: HealthWatch;
}

const BanksContext = createContext<Banks | null>(null);

const nothingYet: ReadonlyMap<string, BankHealth> = new Map();

/** The consortium's members and the watch over their health, for everything below. */
export function BanksProvider(props: {
  readonly members: readonly BankMember[];
  readonly children: ReactNode;
}) {
  const { members, children } = props;
  const [watch] = useState(() => new HealthWatch(members.map(({ id }) => id)));
  useEffect(() => watch.start(), [watch]);
  return (
    <BanksContext value={{ members, watch }}>
      <RefreshOnReturn />
      <FollowBanks />
      {children}
    </BanksContext>
  );
}

function useBanksContext(): Banks {
  const banks = use(BanksContext);
  if (banks === null) throw new Error("BanksProvider is missing");
  return banks;
}

/** All members, in the manifest's order, without their health (no re-render each second). */
export function useMembers(): readonly BankMember[] {
  return useBanksContext().members;
}

/** All members with their health; renders again with each answer. */
export function useBanks(): readonly Bank[] {
  const { members, watch } = useBanksContext();
  const health = useSyncExternalStore(watch.subscribe, watch.snapshot, () => nothingYet);
  return members.map((member) => ({ ...member, health: health.get(member.id) ?? unknownHealth }));
}

/** The member with that id; a bank is found by id and no other way (lesson 11). */
export function useMember(id: string): BankMember | undefined {
  return useMembers().find((member) => member.id === id);
}

/** The ids of the banks to which questions may be sent now; changes only when one comes or goes. */
export function useReachable(): ReadonlySet<string> {
  const { members, watch } = useBanksContext();
  const key = useSyncExternalStore(
    watch.subscribe,
    () => reachableKey(members, watch.snapshot()),
    () => "",
  );
  return new Set(key === "" ? [] : key.split(" "));
}

function reachableKey(
  members: readonly BankMember[],
  health: ReadonlyMap<string, BankHealth>,
): string {
  return members
    .map(({ id }) => id)
    .filter((id) => takesWork(health.get(id) ?? unknownHealth))
    .join(" ");
}

/** Asks again for everything shown of a bank that has just come back. */
function RefreshOnReturn() {
  const queryClient = useQueryClient();
  const reachable = useReachable();
  const before = useRef<ReadonlySet<string>>(reachable);
  useEffect(() => {
    for (const bank of reachable) {
      if (before.current.has(bank)) continue;
      void queryClient.invalidateQueries({ queryKey: [[bank]] });
    }
    before.current = reachable;
  });
  return null;
}

/** Reads again what is shown of a bank whenever one of its answers says that it has changed. */
function FollowBanks() {
  const queryClient = useQueryClient();
  const { members, watch } = useBanksContext();
  useEffect(() => {
    const follower = new Following(queryClient);
    const stop = follower.start();
    const before = new Map<string, BankHealth>();
    const unsubscribe = watch.subscribe(() => {
      for (const { id } of members) {
        const health = watch.snapshot().get(id) ?? unknownHealth;
        const was = before.get(id);
        before.set(id, health);
        if (health.answeredAt === null || health === was) continue;
        if (health.failures === 0) follower.heard(id, health.status?.revision ?? null);
        else if (health.state === "offline" && was?.state !== "offline") {
          follower.lost(id, health.answeredAt);
        }
      }
    });
    return () => {
      unsubscribe();
      stop();
    };
  }, [members, queryClient, watch]);
  return null;
}
