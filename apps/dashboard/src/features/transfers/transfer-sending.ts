"use client";
import type { PreviewTransferInput, Refusal } from "@pacto/contract";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { bankClient } from "../../banks/client.tsx";
import type { Draft } from "../../banks/draft.ts";
import { toSchedule } from "../plans/schedule.ts";
import type { BuilderDraft } from "./builder-draft.ts";

interface Ready {
  readonly request: PreviewTransferInput | null;
  readonly coordinator: string | null;
}

/** A transfer that was begun, by the bank that coordinates it. */
export interface BegunTransfer {
  readonly bank: string;
  readonly id: string;
}

/** Where a transfer is followed, now and later. */
export function hrefOf({ bank, id }: BegunTransfer): string {
  return `/transfers/${bank}/${id}`;
}

/**
 * Hands the transfer to its coordinator; what has begun is followed in place, under the address
 * that it has from then on. The coordinator is kept with the draft, so that asking again asks the
 * same bank.
 */
export function useTransferSending(draft: Draft<BuilderDraft>, ready: Ready) {
  const router = useRouter();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [begun, setBegun] = useState<BegunTransfer | null>(null);
  async function send() {
    const { request } = ready;
    const coordinator = draft.sentTo ?? ready.coordinator;
    if (request === null || coordinator === null) return;
    setRefusal(null);
    const sent = await draft.send(
      (value, key) => hand(coordinator, { ...request, purpose: value.purpose }, value, key),
      coordinator,
    );
    if (sent.kind === "refused") setRefusal(sent.refusal);
    if (sent.kind !== "done") return;
    if (sent.value.kind === "plan") return router.push(sent.value.href);
    setBegun(sent.value);
    // The address alone: the page stays, and shows what it has sent.
    window.history.pushState(null, "", hrefOf(sent.value));
  }
  return { send, refusal, begun };
}

type Handed =
  | ({ readonly kind: "transfer" } & BegunTransfer)
  | { readonly kind: "plan"; readonly href: string };

/** Begins the transfer, or plans it. */
async function hand(
  coordinator: string,
  transfer: PreviewTransferInput & { readonly purpose: string },
  { schedule }: BuilderDraft,
  idempotencyKey: string,
): Promise<Handed> {
  const bank = bankClient(coordinator);
  if (schedule === undefined || schedule === null) {
    const begun = await bank.transfers.create.mutate({ ...transfer, idempotencyKey, waitMs: 0 });
    return { kind: "transfer", bank: coordinator, id: begun.transfer.id };
  }
  // The same request again, also when its first time has passed meanwhile.
  const terms = toSchedule(schedule, 0);
  if (terms === null) throw new Error("a plan was sent before it was whole");
  const { plan } = await bank.plans.create.mutate({ ...terms, transfer, idempotencyKey });
  return { kind: "plan", href: `/plans/${coordinator}/${plan.id}?made=1` };
}
