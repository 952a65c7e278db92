"use client";
import type { LabState } from "@pacto/contract";
import { useFormatter, useTranslations } from "next-intl";
import { Act } from "./act.tsx";
import type { Lab } from "./lab-watch.ts";

/** Composites at a steady pace, and what became of all of them. */
export function LoadPanel({ lab, state }: { readonly lab: Lab; readonly state: LabState }) {
  const t = useTranslations("lab");
  const format = useFormatter();
  const { load } = state;
  const figures = [
    ["sent", load.sent],
    ["committed", load.committed],
    ["aborted", load.aborted],
    ["open", load.open],
  ] as const;
  return (
    <section aria-labelledby="load-heading" className="panel px-4 py-3.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id="load-heading" className="mr-auto font-semibold">
          {t("load.title")}
        </h2>
        <div
          role="group"
          aria-label={t("load.pace")}
          className="flex gap-0.5 rounded-md bg-default p-0.5"
        >
          {PACES.map((perSecond) => (
            <button
              key={perSecond}
              type="button"
              aria-pressed={load.perSecond === perSecond}
              disabled={lab.isBusy}
              onClick={() => void lab.act({ do: "load", perSecond })}
              className="num h-6 cursor-pointer rounded px-2 text-xs text-muted hover:text-foreground
                focus-visible:outline-2 focus-visible:outline-focus aria-pressed:bg-surface
                aria-pressed:text-foreground aria-pressed:shadow-xs"
            >
              {perSecond === 0 ? t("load.none") : t("load.perSecond", { n: perSecond })}
            </button>
          ))}
        </div>
        <Act lab={lab} acts={[{ do: "send" }]} name="">
          {t("load.one")}
        </Act>
      </div>
      <dl className="mt-3 grid grid-cols-5 gap-2">
        {figures.map(([name, n]) => (
          <div key={name}>
            <dt className="text-2xs text-muted">{t(`load.${name}`)}</dt>
            <dd className="num font-semibold">{format.number(n)}</dd>
          </div>
        ))}
        <div>
          <dt className="text-2xs text-muted">{t("load.median")}</dt>
          <dd className="num font-semibold">
            {load.medianMs === null ? "–" : `${format.number(Math.round(load.medianMs))} ms`}
          </dd>
        </div>
      </dl>
    </section>
  );
}

const PACES = [0, 2, 10, 40] as const;
