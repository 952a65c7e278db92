import type { LabAct } from "@pacto/contract";

/** The banks that play in a scenario, by their part in it. */
export interface Cast {
  readonly coordinator: string;
  readonly participant: string;
}

/** What is done, then what there is to see; its words are in the messages under the same keys. */
export interface ScenarioStep {
  readonly key: string;
  readonly acts: (cast: Cast) => readonly LabAct[];
}

export interface Scenario {
  readonly id: ScenarioId;
  readonly steps: readonly ScenarioStep[];
}

export const scenarioIds = [
  "coordinatorDies",
  "bankReturns",
  "decidedInSilence",
  "cutLink",
  "lostAnswers",
  "frozenBank",
  "powerCut",
  "twice",
] as const;
export type ScenarioId = (typeof scenarioIds)[number];

const send = ({ coordinator, participant }: Cast): LabAct => ({
  do: "send",
  coordinator,
  including: participant,
});
const sending = { key: "send", acts: (cast: Cast) => [send(cast)] };
const healing = { key: "heal", acts: () => [{ do: "heal" } as const] };
const link = (
  { coordinator: from, participant: to }: Cast,
  state: "cut" | "deaf" | "twice",
): LabAct => ({ do: "link", from, to, state, isOneWay: state === "deaf" });

/** Guided ways to break a consortium, from the best known to the rarest. */
export const scenarios: readonly Scenario[] = [
  {
    id: "coordinatorDies",
    steps: [
      {
        key: "arm",
        acts: ({ coordinator: bank }) => [
          { do: "arm", bank, failpoint: "coordinator:votes-gathered", action: "kill" },
        ],
      },
      sending,
      { key: "start", acts: ({ coordinator: part }) => [{ do: "start", part }] },
    ],
  },
  {
    id: "bankReturns",
    steps: [
      {
        key: "arm",
        acts: ({ participant: bank }) => [
          { do: "arm", bank, failpoint: "participant:before-decision", action: "kill" },
        ],
      },
      sending,
      { key: "start", acts: ({ participant: part }) => [{ do: "start", part }] },
    ],
  },
  {
    id: "decidedInSilence",
    steps: [
      {
        key: "arm",
        acts: ({ coordinator: bank }) => [
          { do: "arm", bank, failpoint: "coordinator:decided-commit", action: "kill" },
        ],
      },
      sending,
      { key: "start", acts: ({ coordinator: part }) => [{ do: "start", part }] },
    ],
  },
  {
    id: "cutLink",
    steps: [{ key: "cut", acts: (cast) => [link(cast, "cut")] }, sending, healing],
  },
  {
    id: "lostAnswers",
    steps: [{ key: "deaf", acts: (cast) => [link(cast, "deaf")] }, sending, healing],
  },
  {
    id: "frozenBank",
    steps: [
      {
        key: "arm",
        acts: ({ participant: bank }) => [
          { do: "arm", bank, failpoint: "participant:after-prepare", action: "stop" },
        ],
      },
      sending,
      { key: "resume", acts: ({ participant: part }) => [{ do: "resume", part }] },
    ],
  },
  {
    id: "powerCut",
    steps: [
      { key: "load", acts: () => [{ do: "load", perSecond: 10 }] },
      { key: "cut", acts: () => [{ do: "kill", part: "database" }] },
      { key: "start", acts: () => [{ do: "start", part: "database" }] },
      { key: "calm", acts: () => [{ do: "load", perSecond: 0 }] },
    ],
  },
  {
    id: "twice",
    steps: [
      { key: "twice", acts: (cast) => [link(cast, "twice")] },
      { key: "load", acts: () => [{ do: "load", perSecond: 10 }] },
      { key: "calm", acts: () => [{ do: "load", perSecond: 0 }, { do: "heal" }] },
    ],
  },
];

export function scenarioOf(id: string | null): Scenario | null {
  return scenarios.find((scenario) => scenario.id === id) ?? null;
}
