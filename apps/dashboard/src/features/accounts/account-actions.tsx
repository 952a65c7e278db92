"use client";
import { Button } from "@heroui/react/button";
import type { AccountView, Refusal } from "@pacto/contract";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { bankClient } from "../../banks/client.tsx";
import { useDraft } from "../../banks/draft.ts";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { TextInput } from "../../components/text-input.tsx";

// Dialogs are heavy and come later: they load once the page stands.
const ConfirmDialog = dynamic(
  () => import("../../components/confirm-dialog.tsx").then((it) => it.ConfirmDialog),
  { ssr: false },
);

type Act = "block" | "unblock" | "close" | "reopen";

interface Change {
  readonly act: Act;
  readonly reason: string;
}

const REASON_MIN = 3;

/** What may be done with the account as it stands; only an empty one without holds closes. */
function actsFor(account: AccountView): Act[] {
  if (account.status === "closed") return ["reopen"];
  const { debitsBlocked, creditsBlocked, ledgerCentavos, heldCentavos, incomingCentavos } = account;
  const isEmpty = ledgerCentavos === 0 && heldCentavos === 0 && incomingCentavos === 0;
  return [
    ...(debitsBlocked && creditsBlocked ? [] : (["block"] as const)),
    ...(debitsBlocked || creditsBlocked ? (["unblock"] as const) : []),
    ...(isEmpty ? (["close"] as const) : []),
  ];
}

function ask({ bank, number }: AccountView, { act, reason }: Change, idempotencyKey: string) {
  const { accounts } = bankClient(bank);
  const change = { idempotencyKey, number, reason };
  if (act === "block") return accounts.block.mutate({ ...change, what: "both" });
  return accounts[act].mutate(change);
}

/** Blocks, unblocks, closes and reopens the account, each with its reason and confirmed once. */
export function AccountActions({ account }: { readonly account: AccountView }) {
  const t = useTranslations("account.actions");
  const queryClient = useQueryClient();
  const draft = useDraft<Change>(`account:${account.bank}:${account.number}`, {
    act: "block",
    reason: "",
  });
  const [isOpen, setOpen] = useState(false);
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const isMissing = draft.value.reason.trim().length < REASON_MIN;

  async function send() {
    setRefusal(null);
    const sent = await draft.send((change, key) => ask(account, change, key));
    if (sent.kind === "refused") setRefusal(sent.refusal);
    if (sent.kind === "done") await queryClient.invalidateQueries({ queryKey: [[account.bank]] });
  }

  function confirm() {
    setTried(true);
    if (isMissing) return;
    setOpen(false);
    void send();
  }

  if (!draft.ready) return null;
  return (
    <section aria-label={t("title")} data-screen-only className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {actsFor(account).map((each) => (
          <Button
            key={each}
            size="sm"
            variant="ghost"
            isDisabled={draft.phase !== "editing"}
            onPress={() => {
              draft.change({ act: each });
              setTried(false);
              setOpen(true);
            }}
          >
            {t(each)}
          </Button>
        ))}
      </div>
      <SentNotice
        phase={draft.phase}
        refusal={refusal}
        onAskAgain={() => void send()}
        onGiveUp={draft.clear}
      />
      {isOpen && (
        <ReasonDialog
          number={account.number}
          change={draft.value}
          isMissing={tried && isMissing}
          onReason={(text) => draft.change({ reason: text })}
          onClose={() => setOpen(false)}
          onConfirm={confirm}
        />
      )}
    </section>
  );
}

function ReasonDialog(props: {
  readonly number: string;
  readonly change: Change;
  readonly isMissing: boolean;
  readonly onReason: (text: string) => void;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const t = useTranslations("account.actions");
  const { act, reason } = props.change;
  return (
    <ConfirmDialog
      isOpen
      title={t(`${act}Title`, { number: props.number })}
      confirmText={t(act)}
      cancelText={t("cancel")}
      onClose={props.onClose}
      onConfirm={props.onConfirm}
    >
      <p className="mb-3 text-sm text-muted">{t(`${act}Note`)}</p>
      <TextInput
        label={t("reason")}
        value={reason}
        onChange={props.onReason}
        maxLength={300}
        isRequired
        problem={props.isMissing ? t("reasonMissing") : null}
      />
    </ConfirmDialog>
  );
}
