"use client";
import { Button } from "@heroui/react/button";
import type { RevealedClient, Refusal } from "@pacto/contract";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { bankClient } from "../../banks/client.tsx";
import { settle } from "../../banks/refusal.ts";
import { Notice } from "../../components/notice.tsx";
import { Summary } from "../../components/summary.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { useRefusalSentence } from "../../i18n/refusal.ts";

const ConfirmDialog = dynamic(
  () => import("../../components/confirm-dialog.tsx").then((it) => it.ConfirmDialog),
  { ssr: false },
);

const REASON_MIN = 5;
const REASON_MAX = 300;

/** Shows what is masked, for a reason that goes into the audit; hidden again with the page. */
export function RevealClient({ bank, id }: { readonly bank: string; readonly id: string }) {
  const t = useTranslations("client.reveal");
  const sentence = useRefusalSentence();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [shown, setShown] = useState<RevealedClient | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const isMissing = reason.trim().length < REASON_MIN;

  async function reveal() {
    setTried(true);
    if (isMissing) return;
    setOpen(false);
    setRefusal(null);
    const sent = await settle(() =>
      bankClient(bank).clients.reveal.mutate({ id, reason: reason.trim() }),
    );
    if (sent.kind === "done") setShown(sent.value);
    if (sent.kind === "refused") setRefusal(sent.refusal);
  }

  if (shown !== null) return <Shown client={shown} onHide={() => setShown(null)} />;
  return (
    <section aria-label={t("title")} data-screen-only className="flex flex-col gap-2">
      <Button size="sm" variant="ghost" className="w-fit" onPress={() => setOpen(true)}>
        {t("show")}
      </Button>
      {refusal !== null && (
        <Notice tone="negative" announce="now">
          {sentence(refusal)}
        </Notice>
      )}
      {isOpen && (
        <ConfirmDialog
          isOpen
          isForm
          title={t("title")}
          confirmText={t("show")}
          cancelText={t("back")}
          onClose={() => setOpen(false)}
          onConfirm={() => void reveal()}
        >
          <p className="mb-3 text-sm text-muted">{t("note")}</p>
          <TextInput
            label={t("reason")}
            value={reason}
            onChange={setReason}
            maxLength={REASON_MAX}
            isRequired
            problem={tried && isMissing ? t("reasonMissing") : null}
          />
        </ConfirmDialog>
      )}
    </section>
  );
}

function Shown(props: { readonly client: RevealedClient; readonly onHide: () => void }) {
  const { client } = props;
  const t = useTranslations("client.reveal");
  return (
    <section aria-label={t("title")} data-screen-only className="panel max-w-xl px-4 py-3">
      <Summary
        facts={[
          [t("name"), client.name],
          [t("taxId"), client.taxId],
          [t("email"), client.email],
          [t("phone"), client.phone],
          ...client.representatives.map(({ name, taxId }) => [name, taxId] as const),
        ]}
      />
      <Button size="sm" variant="ghost" className="mt-2" onPress={props.onHide}>
        {t("hide")}
      </Button>
    </section>
  );
}
