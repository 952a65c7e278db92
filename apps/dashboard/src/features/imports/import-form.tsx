"use client";
import { Button } from "@heroui/react/button";
import type { ImportLine, Refusal } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { type ChangeEvent, useId, useState } from "react";
import { bankClient } from "../../banks/client.tsx";
import { type Draft, useDraft } from "../../banks/draft.ts";
import { settle } from "../../banks/refusal.ts";
import { Notice } from "../../components/notice.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import { ImportPreview } from "./import-preview.tsx";

export interface ImportDraft {
  readonly csv: string;
  readonly label: string;
  readonly skipUnreadable: boolean;
}

export interface Previewed {
  /** The text that was looked at: another one has to be looked at again. */
  readonly csv: string;
  readonly lines: readonly ImportLine[];
  readonly readable: number;
  readonly totalCentavos: number;
}

const empty: ImportDraft = { csv: "", label: "", skipUnreadable: false };
const CHARACTERS_MAX = 50_000;

/** The file's text, pasted or chosen, and what would become of each line. */
export function ImportForm({ bank }: { readonly bank: string }) {
  const t = useTranslations("imports");
  const sentence = useRefusalSentence();
  const draft = useDraft<ImportDraft>(`import:${bank}`, empty);
  const preview = usePreview(bank);
  const { csv } = draft.value;
  if (!draft.ready) return null;
  const isTooLong = csv.length > CHARACTERS_MAX;
  return (
    <div className="flex flex-col gap-4">
      <div className="panel flex flex-col gap-4 p-5">
        <CsvField draft={draft} />
        <TextInput
          label={t("label")}
          value={draft.value.label}
          onChange={(label) => draft.change({ label })}
          maxLength={80}
          isDisabled={draft.phase !== "editing"}
        />
        {isTooLong && <Notice tone="negative">{t("tooLong", { n: CHARACTERS_MAX })}</Notice>}
        {preview.refusal !== null && (
          <Notice tone="negative" announce="now">
            {sentence(preview.refusal)}
          </Notice>
        )}
        {preview.isUnknown && (
          <Notice tone="caution" announce="now">
            {t("noAnswer")}
          </Notice>
        )}
        <div className="flex gap-2">
          <Button
            isPending={preview.isAsking}
            isDisabled={csv.trim() === "" || isTooLong || draft.phase !== "editing"}
            onPress={() => void preview.ask(csv)}
          >
            {t("preview")}
          </Button>
          <Button variant="ghost" onPress={draft.clear} isDisabled={draft.phase === "sending"}>
            {t("clear")}
          </Button>
        </div>
      </div>
      <ImportPreview
        bank={bank}
        draft={draft}
        previewed={preview.previewed?.csv === csv ? preview.previewed : null}
      />
    </div>
  );
}

/** Asking changes nothing at the bank, so it needs no key and may be repeated freely. */
function usePreview(bank: string) {
  const [previewed, setPreviewed] = useState<Previewed | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isUnknown, setUnknown] = useState(false);
  const [isAsking, setAsking] = useState(false);
  async function ask(csv: string) {
    setAsking(true);
    setRefusal(null);
    setUnknown(false);
    const answer = await settle(() => bankClient(bank).transfers.previewImport.mutate({ csv }));
    setAsking(false);
    setUnknown(answer.kind === "unknown");
    if (answer.kind === "refused") setRefusal(answer.refusal);
    if (answer.kind === "done") setPreviewed({ csv, ...answer.value });
  }
  return { previewed, refusal, isUnknown, isAsking, ask };
}

function CsvField({ draft }: { readonly draft: Draft<ImportDraft> }) {
  const t = useTranslations("imports");
  const id = useId();
  async function take(event: ChangeEvent<HTMLInputElement>) {
    const [file] = event.target.files ?? [];
    event.target.value = "";
    if (file !== undefined) draft.change({ csv: await file.text(), label: file.name.slice(0, 80) });
  }
  const isDisabled = draft.phase !== "editing";
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-end justify-between gap-2">
        <label htmlFor={id} className="label">
          {t("csv")}
        </label>
        <label
          className="button button--outline button--sm cursor-pointer has-focus-visible:outline-2
            has-focus-visible:outline-focus"
        >
          {t("choose")}
          <input
            type="file"
            accept=".csv,text/csv,text/plain"
            className="sr-only"
            disabled={isDisabled}
            onChange={(event) => void take(event)}
          />
        </label>
      </div>
      <textarea
        id={id}
        rows={7}
        spellCheck={false}
        value={draft.value.csv}
        disabled={isDisabled}
        placeholder={t("example")}
        aria-describedby={`${id}-hint`}
        onChange={(event) => draft.change({ csv: event.target.value })}
        className="input input--primary h-auto! w-full resize-y py-2 font-mono text-xs!"
      />
      <p id={`${id}-hint`} className="text-xs text-muted">
        {t("csvHint")}
      </p>
    </div>
  );
}
