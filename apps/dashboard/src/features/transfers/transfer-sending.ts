"use client";
import type { PreviewTransferInput, Refusal } from "@pacto/contract";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { bankClient } from "../../banks/client.tsx";
import type { Draft } from "../../banks/draft.ts";
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
      (value, key) =>
        bankClient(coordinator).transfers.create.mutate({
          ...request,
          idempotencyKey: key,
          purpose: value.purpose,
          waitMs: 0,
        }),
      coordinator,
    );
    if (sent.kind === "refused") setRefusal(sent.refusal);
    if (sent.kind !== "done") return;
    router.push(`/transfers/${coordinator}/${sent.value.transfer.id}`);
  }
  return { send, refusal };
}
