"use client";
import { Button } from "@heroui/react/button";
import type { LabAct, LabRecording, LabState } from "@pacto/contract";
import { useFormatter, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Icon } from "../../components/icon.tsx";
import { saveJson } from "../../components/save-json.ts";
import type { Lab } from "./lab-watch.ts";

const SEED_MAX = 999_999_999;

/** What was done since the recording began; the same again, from the same seed. */
export function Recorder({ lab, state }: { readonly lab: Lab; readonly state: LabState }) {
  const t = useTranslations("lab.recorder");
  const { recording, replay } = state;
  const [seed, setSeed] = useState(recording.seed);
  const [isUnreadable, setUnreadable] = useState(false);
  const id = useId();
  async function open(file: File | undefined) {
    if (file === undefined) return;
    const read = parse(await file.text());
    setUnreadable(read === null);
    // The control reads it strictly before anything is done.
    if (read !== null) await lab.replay(read as LabRecording);
  }
  return (
    <section aria-labelledby="recorder-heading" className="panel px-4 py-3.5">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="recorder-heading" className="mr-auto font-semibold">
          {t("title")}
        </h2>
        <label htmlFor={id} className="text-xs text-muted">
          {t("seed")}
        </label>
        <input
          id={id}
          type="number"
          min={0}
          max={SEED_MAX}
          value={seed}
          onChange={(event) => setSeed(Number(event.target.value))}
          className="num h-7 w-24 rounded-md border border-border bg-surface px-2 text-xs"
        />
        <Button size="sm" variant="outline" onPress={() => void lab.record(Math.trunc(seed))}>
          {t("begin")}
        </Button>
      </div>
      <p role="status" className="num mt-2 text-muted">
        {replay === null
          ? t("recorded", { n: recording.acts.length, seed: recording.seed })
          : t("replaying", { done: replay.done, of: replay.of })}
      </p>
      {recording.acts.length > 0 && <Acts acts={recording.acts} />}
      <Tools lab={lab} state={state} onFile={(file) => void open(file)} />
      {isUnreadable && (
        <p role="alert" className="mt-2 text-negative">
          {t("unreadable")}
        </p>
      )}
    </section>
  );
}

function Tools(props: {
  readonly lab: Lab;
  readonly state: LabState;
  readonly onFile: (file: File | undefined) => void;
}) {
  const { lab, state } = props;
  const t = useTranslations("lab.recorder");
  const { recording, replay } = state;
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      {replay === null ? (
        <Button
          size="sm"
          variant="outline"
          isDisabled={recording.acts.length === 0}
          onPress={() => void lab.replay(recording)}
        >
          <Icon name="refresh" />
          {t("replay")}
        </Button>
      ) : (
        <Button size="sm" variant="outline" onPress={() => void lab.stopReplay()}>
          {t("stop")}
        </Button>
      )}
      <Button
        size="sm"
        variant="ghost"
        isDisabled={recording.acts.length === 0}
        onPress={() => saveJson(`pacto-lab-${recording.seed}.json`, recording)}
      >
        {t("save")}
      </Button>
      <label className="inline-flex h-7 cursor-pointer items-center rounded-md px-2 focus-within:outline-2 focus-within:outline-focus hover:bg-default">
        {t("open")}
        <input
          type="file"
          accept="application/json"
          className="sr-only"
          onChange={(event) => props.onFile(event.target.files?.[0])}
        />
      </label>
    </div>
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function Acts({ acts }: { readonly acts: LabState["recording"]["acts"] }) {
  const t = useTranslations("lab.recorder");
  const format = useFormatter();
  return (
    <details className="mt-1">
      <summary className="cursor-pointer text-muted hover:text-foreground">{t("acts")}</summary>
      <ol className="mt-1 max-h-56 overflow-y-auto font-mono text-xs">
        {acts.map(({ afterMs, act }, index) => (
          <li key={index} className="flex gap-3 py-0.5">
            <span className="num w-16 text-right text-muted">
              {format.number(Math.round(afterMs / 100) / 10)} s
            </span>
            {wordsOf(act)}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** As the file has it: the act, then its parts. */
function wordsOf({ do: verb, ...parts }: LabAct): string {
  return [verb, ...Object.values(parts).filter((part) => part !== false)].join(" ");
}
