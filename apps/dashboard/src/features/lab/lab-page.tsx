"use client";
import { Button } from "@heroui/react/button";
import { useTranslations } from "next-intl";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useEffect } from "react";
import { useMembers } from "../../banks/banks.tsx";
import { ActionLink } from "../../components/action-link.tsx";
import { Icon } from "../../components/icon.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useBankFigures } from "../overview/bank-figures.ts";
import { ConsortiumMap } from "../overview/consortium-map.tsx";
import { InvariantMeter } from "../overview/invariant-meter.tsx";
import { usePulses } from "../overview/pulses.ts";
import { useTransfers } from "../transfers/transfers.ts";
import { Breakers } from "./breakers.tsx";
import { type Lab, useLab } from "./lab-watch.ts";
import { LatestTransfer } from "./latest-transfer.tsx";
import { LoadPanel } from "./load-panel.tsx";
import { LinkMatrix } from "./link-matrix.tsx";
import { Recorder } from "./recorder.tsx";
import { ScenarioGuide } from "./scenario-guide.tsx";

const READ = 20;

/** Where a local consortium is broken on purpose, with what holds it together in sight. */
export function LabPage() {
  const t = useTranslations("lab");
  const lab = useLab();
  const [isPresenting, setPresenting] = useQueryState("present", parseAsBoolean.withDefault(false));
  usePresenting(isPresenting);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <ActionLink href="/trace" variant="outline">
              {t("trace")}
            </ActionLink>
            <Button
              size="sm"
              variant="outline"
              aria-pressed={isPresenting}
              onPress={() => void setPresenting(!isPresenting || null)}
            >
              <Icon name="system" />
              {t(isPresenting ? "presentEnd" : "present")}
            </Button>
            <Button
              size="sm"
              variant="outline"
              isPending={lab.isBusy}
              onPress={() => void lab.act({ do: "heal" })}
            >
              <Icon name="check" />
              {t("heal")}
            </Button>
          </>
        }
      />
      {lab.problem !== null && (
        <div className="mb-4">
          <Notice tone="negative" announce="now" title={t("problem")}>
            {lab.problem}
          </Notice>
        </div>
      )}
      {lab.state === null && lab.problem === null && <Skeleton label={t("reading")} rows={8} />}
      <Bench lab={lab} isPresenting={isPresenting} />
    </>
  );
}

function Bench({ lab, isPresenting }: { readonly lab: Lab; readonly isPresenting: boolean }) {
  const t = useTranslations("lab");
  const { state } = lab;
  if (state === null) return null;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_27rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <Watching />
        {state.latest === null ? (
          <p className="panel px-4 py-10 text-center text-muted">{t("nothingSent")}</p>
        ) : (
          <LatestTransfer key={state.latest.transaction} latest={state.latest} />
        )}
        {!isPresenting && <LinkMatrix lab={lab} state={state} />}
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <ScenarioGuide lab={lab} />
        <LoadPanel lab={lab} state={state} />
        <Breakers lab={lab} state={state} />
        {!isPresenting && <Recorder lab={lab} state={state} />}
      </div>
    </div>
  );
}

/** The map and the sum that must stay zero. */
function Watching() {
  const t = useTranslations("overview");
  const figures = useBankFigures();
  const members = useMembers().map(({ id }) => id);
  const { items } = useTransfers(members, false, READ);
  const pulses = usePulses(items);
  return (
    <div className="grid gap-4 md:grid-cols-[3fr_2fr]">
      <section aria-labelledby="lab-map" className="panel px-3 py-3">
        <h2 id="lab-map" className="text-xs text-muted">
          {t("links")}
        </h2>
        <ConsortiumMap pulses={pulses} />
      </section>
      <InvariantMeter figures={figures} />
    </div>
  );
}

/** For a room: no menu, and everything a third larger. */
function usePresenting(isPresenting: boolean): void {
  useEffect(() => {
    if (!isPresenting) return;
    document.documentElement.dataset["presenting"] = "";
    return () => {
      delete document.documentElement.dataset["presenting"];
    };
  }, [isPresenting]);
}
