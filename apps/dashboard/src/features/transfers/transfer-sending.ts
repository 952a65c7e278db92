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

/**
 * Hands the transfer to its coordinator and goes on to its page, where it is followed live. The
 * coordinator is kept with the draft, so that asking again asks the same bank.
 */
export function useTransferSending(draft: Draft<BuilderDraft>, ready: Ready) {
  const router = useRouter();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
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
    if (sent.kind === "done") router.push(sent.value);
  }
  return { send, refusal };
}

/** Begins the transfer, or plans it; gives the page on which it is followed. */
async function hand(
  coordinator: string,
  transfer: PreviewTransferInput & { readonly purpose: string },
  { schedule }: BuilderDraft,
  idempotencyKey: string,
): Promise<string> {
  const bank = bankClient(coordinator);
  if (schedule === undefined || schedule === null) {
    const begun = await bank.transfers.create.mutate({ ...transfer, idempotencyKey, waitMs: 0 });
    return `/transfers/${coordinator}/${begun.transfer.id}`;
  }
  // The same request again, also when its first time has passed meanwhile.
  const terms = toSchedule(schedule, 0);
  if (terms === null) throw new Error("a plan was sent before it was whole");
  const { plan } = await bank.plans.create.mutate({ ...terms, transfer, idempotencyKey });
  return `/plans/${coordinator}/${plan.id}?made=1`;
}
