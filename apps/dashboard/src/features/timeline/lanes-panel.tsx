"use client";
import { Button } from "@heroui/react/button";
import { useFormatter, useTranslations } from "next-intl";
import { parseAsInteger, useQueryState } from "nuqs";
import { useEffect, useState } from "react";
import { useMembers } from "../../banks/banks.tsx";
import { Icon } from "../../components/icon.tsx";
import type { Drawing, Step } from "./drawing.ts";
import { Lanes } from "./lanes.tsx";
import { useStepWords } from "./step-words.ts";

const REPLAY_STEP_MS = 260;

/** Lanes with a scrubber: the latest moment while it runs, any moment after; it is in the address. */
export function LanesPanel({
  drawing,
  isOpen,
}: {
  readonly drawing: Drawing;
  readonly isOpen: boolean;
}) {
  const t = useTranslations("lanes");
  const count = drawing.steps.length;
  const [chosen, setChosen] = useQueryState("step", parseAsInteger);
  const moment = Math.min(Math.max(chosen ?? count, 0), count);
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => {
      const next = moment + 1;
      if (next >= count) setPlaying(false);
      void setChosen(next >= count ? null : next);
    }, REPLAY_STEP_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, moment, count, setChosen]);
  if (count === 0) return null;

  const step = drawing.steps[moment - 1];
  function play() {
    if (moment >= count) void setChosen(0);
    setPlaying(!isPlaying);
  }
  function pick(next: number) {
    setPlaying(false);
    void setChosen(next >= count ? null : next);
  }
  return (
    <section aria-labelledby="lanes-heading">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 id="lanes-heading" className="font-semibold">
          {t("title")}
        </h2>
        <p className="text-xs text-muted">{isOpen ? t("live") : t("clocks")}</p>
      </div>
      <div className="panel px-4 py-3">
        <Lanes drawing={drawing} moment={moment} onPick={pick} isOpen={isOpen} />
        <div
          className="mt-3 flex items-center gap-3 border-t border-separator pt-3"
          data-screen-only
        >
          <Button variant="outline" size="sm" onPress={play}>
            {isPlaying ? t("pause") : t("replay")}
          </Button>
          <input
            type="range"
            min={0}
            max={count}
            value={moment}
            aria-label={t("moment")}
            aria-valuetext={t("momentOf", { n: moment, count })}
            className="h-6 flex-1 accent-accent"
            onChange={(event) => pick(event.target.valueAsNumber)}
          />
          <span className="num text-xs text-muted">{t("momentOf", { n: moment, count })}</span>
        </div>
        {step !== undefined && <StepTold step={step} drawing={drawing} />}
      </div>
      <MessageList drawing={drawing} moment={moment} />
    </section>
  );
}

/** The moment in two sentences: for the counter, and for who runs the node. */
function StepTold({ step, drawing }: { readonly step: Step; readonly drawing: Drawing }) {
  const words = useStepWords();
  const { teller, engineer } = words(step, drawing);
  return (
    <div className="mt-2 min-h-11" aria-live="off">
      <p className="font-medium">{teller}</p>
      <p className="mt-0.5 font-mono text-xs text-muted">{engineer}</p>
    </div>
  );
}

function MessageList({ drawing, moment }: { readonly drawing: Drawing; readonly moment: number }) {
  const t = useTranslations("lanes");
  const words = useStepWords();
  const format = useFormatter();
  const members = useMembers();
  const first = drawing.steps[0]?.at ?? null;
  return (
    <details className="mt-2">
      <summary className="cursor-pointer text-muted hover:text-foreground">
        <Icon name="clock" className="mr-1 inline size-3.5" />
        {t("list", { n: drawing.steps.length })}
      </summary>
      <div className="panel mt-2 overflow-x-auto">
        <table className="data-table">
          <caption className="sr-only">{t("list", { n: drawing.steps.length })}</caption>
          <thead>
            <tr>
              <th scope="col" className="text-right!">
                {t("when")}
              </th>
              <th scope="col">{t("bank")}</th>
              <th scope="col">{t("what")}</th>
              <th scope="col">{t("exactly")}</th>
            </tr>
          </thead>
          <tbody>
            {drawing.steps.map((step, index) => {
              const { teller, engineer } = words(step, drawing);
              return (
                <tr key={index} aria-current={index === moment - 1 ? "step" : undefined}>
                  <td className="num text-right">
                    {step.at === null || first === null
                      ? index + 1
                      : t("after", { ms: format.number(Math.max(0, step.at - first)) })}
                  </td>
                  <td className="whitespace-nowrap">
                    {members.find(({ id }) => id === step.lane)?.name ?? step.lane}
                  </td>
                  <td>{teller}</td>
                  <td className="font-mono text-xs text-muted">{engineer}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}
