"use client";
import { Button } from "@heroui/react/button";
import { useTranslations } from "next-intl";
import { parseAsInteger, useQueryStates } from "nuqs";
import { parseAsString } from "nuqs";
import { useMembers } from "../../banks/banks.tsx";
import { Icon } from "../../components/icon.tsx";
import type { Lab } from "./lab-watch.ts";
import { type Cast, type Scenario, scenarioOf, scenarios } from "./scenarios.ts";

/** Guided ways to break things: what is done next, and what to watch. The place is in the address. */
export function ScenarioGuide({ lab }: { readonly lab: Lab }) {
  const t = useTranslations("lab");
  const [place, setPlace] = useQueryStates({ scenario: parseAsString, at: parseAsInteger });
  const chosen = scenarioOf(place.scenario);
  return (
    <section aria-labelledby="scenarios-heading" className="panel px-4 py-3.5">
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 id="scenarios-heading" className="font-semibold">
          {t("scenarios.title")}
        </h2>
        {chosen !== null && (
          <button
            type="button"
            className="cursor-pointer text-xs text-link"
            onClick={() => void setPlace({ scenario: null, at: null })}
          >
            {t("scenarios.all")}
          </button>
        )}
      </div>
      {chosen === null ? (
        <ul className="grid gap-1.5">
          {scenarios.map(({ id }) => (
            <li key={id}>
              <button
                type="button"
                className="w-full cursor-pointer rounded-md border border-border px-3 py-2 text-left
                  hover:bg-default focus-visible:outline-2 focus-visible:outline-focus"
                onClick={() => void setPlace({ scenario: id, at: 0 })}
              >
                <span className="font-medium">{t(`scenarios.${id}.title`)}</span>
                <span className="block text-xs text-muted">{t(`scenarios.${id}.about`)}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <Guide
          key={chosen.id}
          scenario={chosen}
          at={Math.max(0, place.at ?? 0)}
          onAt={(at) => void setPlace({ at })}
          lab={lab}
        />
      )}
    </section>
  );
}

function Guide(props: {
  readonly scenario: Scenario;
  readonly at: number;
  readonly onAt: (at: number) => void;
  readonly lab: Lab;
}) {
  const { scenario, at, onAt, lab } = props;
  const t = useTranslations("lab");
  const members = useMembers();
  const cast = castOf(members.map(({ id }) => id));
  const nameOf = (id: string) => members.find((member) => member.id === id)?.name ?? id;
  const names = {
    coordinator: nameOf(cast.coordinator),
    participant: nameOf(cast.participant),
  };
  const text = (key: string) => t(`scenarios.${scenario.id}.${key}` as "scenarios.title", names);
  const isOver = at >= scenario.steps.length;
  async function doNext() {
    const step = scenario.steps[at];
    if (step === undefined) return;
    await lab.act(...step.acts(cast));
    onAt(at + 1);
  }
  return (
    <>
      <h3 className="font-medium">{text("title")}</h3>
      <ol className="mt-2 flex flex-col gap-2">
        {scenario.steps.map(({ key }, index) => (
          <li
            key={key}
            aria-current={index === at ? "step" : undefined}
            className={`flex gap-2.5 ${index > at ? "text-subtle" : ""}`}
          >
            <span
              aria-hidden="true"
              className={`num mt-px flex size-5 shrink-0 items-center justify-center rounded-full
                text-2xs font-semibold ${index < at ? "bg-positive/15 text-positive" : "bg-default"}`}
            >
              {index < at ? <Icon name="check" className="size-3" /> : index + 1}
            </span>
            <div className="min-w-0">
              <p className={index === at ? "font-medium" : ""}>{text(`${key}.do`)}</p>
              {index < at && <p className="mt-0.5 text-muted">{text(`${key}.watch`)}</p>}
            </div>
          </li>
        ))}
      </ol>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {isOver ? (
          <Button size="sm" variant="outline" onPress={() => onAt(0)}>
            <Icon name="refresh" />
            {t("scenarios.again")}
          </Button>
        ) : (
          <Button size="sm" isPending={lab.isBusy} onPress={() => void doNext()}>
            <Icon name="arrow" />
            {t("scenarios.next")}
          </Button>
        )}
      </div>
      <p role="status" className="sr-only">
        {at > 0 ? text(`${scenario.steps[at - 1]?.key ?? ""}.watch`) : ""}
      </p>
    </>
  );
}

/** The manifest's first two banks play: the scenario is the same in every consortium. */
function castOf([coordinator = "", participant = ""]: readonly string[]): Cast {
  return { coordinator, participant };
}
