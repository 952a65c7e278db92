"use client";
import { Button } from "@heroui/react/button";
import type { Refusal } from "@pacto/contract";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { type BankClient, bankClient } from "../../banks/client.tsx";
import { useDraft } from "../../banks/draft.ts";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { FieldInput } from "./field-input.tsx";
import { type Field, missingFields, type Texts } from "./fields.ts";

// Dialogs are heavy and come later: they load once the page stands.
const ConfirmDialog = dynamic(
  () => import("../../components/confirm-dialog.tsx").then((it) => it.ConfirmDialog),
  { ssr: false },
);

const NO_FIELDS: readonly Field[] = [];
const NOTHING: ReadonlySet<string> = new Set();

interface ActProps {
  /** The draft's name: unlike for every row and act. */
  readonly name: string;
  readonly bank: string;
  readonly text: string;
  readonly title: string;
  readonly children?: ReactNode;
  readonly fields?: readonly Field[];
  readonly run: (client: BankClient, idempotencyKey: string, texts: Texts) => Promise<unknown>;
}

/** One thing that may be done with a row: read, perhaps filled in, confirmed, and sent once. */
export function ConfirmedAct(props: ActProps) {
  const { bank, text, fields = NO_FIELDS } = props;
  const locale = useLocale();
  const queryClient = useQueryClient();
  const draft = useDraft<{ texts: Texts }>(`act:${props.name}`, { texts: {} });
  const [isOpen, setOpen] = useState(false);
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { texts } = draft.value;
  const missing = missingFields(fields, texts, locale);

  async function send() {
    setRefusal(null);
    const sent = await draft.send(
      (value, key) => props.run(bankClient(bank), key, value.texts),
      bank,
    );
    if (sent.kind === "refused") setRefusal(sent.refusal);
    // The other bank's row changes as well.
    if (sent.kind === "done") await queryClient.invalidateQueries();
  }

  function confirm() {
    setTried(true);
    if (missing.size > 0) return;
    setOpen(false);
    void send();
  }

  if (!draft.ready) return null;
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        isDisabled={draft.phase !== "editing"}
        onPress={() => {
          setTried(false);
          setOpen(true);
        }}
      >
        {text}
      </Button>
      <SentNotice
        phase={draft.phase}
        refusal={refusal}
        onAskAgain={() => void send()}
        onGiveUp={draft.clear}
      />
      {isOpen && (
        <ActDialog
          act={props}
          texts={texts}
          onTexts={(next) => draft.change({ texts: next })}
          missing={tried ? missing : NOTHING}
          onClose={() => setOpen(false)}
          onConfirm={confirm}
        />
      )}
    </>
  );
}

function ActDialog(props: {
  readonly act: ActProps;
  readonly texts: Texts;
  readonly onTexts: (texts: Texts) => void;
  readonly missing: ReadonlySet<string>;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const { act, texts } = props;
  const { fields = NO_FIELDS } = act;
  const t = useTranslations("agreements");
  return (
    <ConfirmDialog
      isOpen
      isForm={fields.length > 0}
      title={act.title}
      confirmText={act.text}
      cancelText={t("back")}
      onClose={props.onClose}
      onConfirm={props.onConfirm}
    >
      <div className="flex flex-col gap-3">
        {act.children}
        {fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            text={texts[field.name] ?? ""}
            onText={(typed) => props.onTexts({ ...texts, [field.name]: typed })}
            isMissing={props.missing.has(field.name)}
            isDisabled={false}
          />
        ))}
      </div>
    </ConfirmDialog>
  );
}
