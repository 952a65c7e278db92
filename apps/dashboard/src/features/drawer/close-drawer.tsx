"use client";
import { Button } from "@heroui/react/button";
import type { DrawerSessionView } from "@pacto/contract";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { bankClient } from "../../banks/client.tsx";
import { useDraft } from "../../banks/draft.ts";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { useSending } from "../../banks/sending.ts";
import { useMoney } from "../../i18n/money.ts";
import { sumOf, toCount, type TypedCount } from "./count.ts";
import { CountGrid } from "./count-grid.tsx";

// Dialogs are heavy and come later: they load once the page stands.
const ConfirmDialog = dynamic(
  () => import("../../components/confirm-dialog.tsx").then((it) => it.ConfirmDialog),
  { ssr: false },
);

const empty: { readonly typed: TypedCount } = { typed: {} };

/** The blind count: what should lie in the drawer is told only once the count is given. */
export function CloseDrawer(props: {
  readonly bank: string;
  readonly onBack: () => void;
  readonly onClosed: (session: DrawerSessionView) => void;
}) {
  const t = useTranslations("drawer");
  const money = useMoney();
  const draft = useDraft(`drawer-count:${props.bank}`, empty);
  const { typed } = draft.value;
  const [isConfirming, setConfirming] = useState(false);
  const count = toCount(typed);
  const sending = useSending(draft, {
    bank: props.bank,
    request: (value, idempotencyKey) =>
      bankClient(props.bank).cash.closeDrawer.mutate({
        idempotencyKey,
        count: toCount(value.typed) ?? [],
      }),
    onDone: ({ session }) => props.onClosed(session),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (count !== null) setConfirming(true);
  }

  if (!draft.ready) return null;
  return (
    <form onSubmit={submit} noValidate className="panel flex flex-col gap-5 p-5">
      <div>
        <h2 className="font-semibold">{t("count")}</h2>
        <p className="mt-0.5 text-muted">{t("countNote")}</p>
      </div>
      <CountGrid
        typed={typed}
        onChange={(next) => draft.change({ typed: next })}
        isDisabled={draft.phase !== "editing"}
      />
      <SentNotice
        phase={draft.phase}
        refusal={sending.refusal}
        onAskAgain={sending.send}
        onGiveUp={draft.clear}
      />
      <CountFooter
        typed={typed}
        isSending={draft.phase === "sending"}
        isDisabled={count === null || draft.phase === "unknown"}
        onBack={props.onBack}
      />
      {isConfirming && (
        <ConfirmDialog
          isOpen
          title={t("closeTitle", { amount: money(sumOf(typed)) })}
          confirmText={t("close")}
          cancelText={t("back")}
          onClose={() => setConfirming(false)}
          onConfirm={() => {
            setConfirming(false);
            sending.send();
          }}
        >
          <p className="text-muted">{t("closeNote")}</p>
        </ConfirmDialog>
      )}
    </form>
  );
}

function CountFooter(props: {
  readonly typed: TypedCount;
  readonly isSending: boolean;
  readonly isDisabled: boolean;
  readonly onBack: () => void;
}) {
  const t = useTranslations("drawer");
  const money = useMoney();
  return (
    <div className="flex flex-wrap items-center justify-between gap-4 border-t border-border pt-4">
      <p role="status">
        <span className="text-muted">{t("counted")} </span>
        <strong className="num text-lg">{money(sumOf(props.typed))}</strong>
      </p>
      <div className="flex gap-2">
        <Button variant="ghost" onPress={props.onBack}>
          {t("back")}
        </Button>
        <Button type="submit" isPending={props.isSending} isDisabled={props.isDisabled}>
          {t("close")}
        </Button>
      </div>
    </div>
  );
}
