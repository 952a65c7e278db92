"use client";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Choice } from "../../components/choice.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { drawTrace, readTrace, type TraceEvent, transactionsIn } from "./draw-trace.ts";
import { LanesPanel } from "./lanes-panel.tsx";

/** A schedule of the simulator, drawn as a real transaction is. */
export function TracePage() {
  const t = useTranslations("trace");
  const id = useId();
  const [events, setEvents] = useState<readonly TraceEvent[] | null>(null);
  const [isUnreadable, setUnreadable] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const transactions = events === null ? [] : transactionsIn(events);
  const transaction = chosen ?? transactions[0] ?? null;
  function read(text: string) {
    const found = readTrace(text);
    setUnreadable(found === null && text.trim() !== "");
    setChosen(null);
    setEvents(found);
  }
  return (
    <div className="flex flex-col gap-5 [&>:first-child]:mb-0">
      <PageHeader title={t("title")} description={t("description")} />
      <div className="panel grid gap-3 p-4 sm:grid-cols-2">
        <div className="flex flex-col gap-1">
          <label htmlFor={id} className="font-medium">
            {t("paste")}
          </label>
          <textarea
            id={id}
            rows={3}
            spellCheck={false}
            placeholder="pacto simulate --seed 3 --trace --json"
            className="rounded-md border border-border bg-surface px-2.5 py-1.5 font-mono text-xs"
            onChange={(event) => read(event.target.value)}
          />
        </div>
        <div className="flex flex-col gap-3">
          <label className="flex flex-col gap-1 font-medium">
            {t("file")}
            <input
              type="file"
              accept="application/json,.json"
              className="font-normal text-muted"
              onChange={(event) => void event.target.files?.[0]?.text().then(read)}
            />
          </label>
          {transactions.length > 1 && (
            <Choice
              label={t("transaction")}
              options={transactions.map((it) => ({ id: it, text: it }))}
              value={transaction}
              onChange={setChosen}
            />
          )}
        </div>
      </div>
      {isUnreadable && (
        <Notice tone="negative" announce="now">
          {t("unreadable")}
        </Notice>
      )}
      {events !== null && transaction !== null && (
        <LanesPanel key={transaction} drawing={drawTrace(events, transaction)} isOpen={false} />
      )}
    </div>
  );
}
