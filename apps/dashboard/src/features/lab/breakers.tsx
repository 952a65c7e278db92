"use client";
import { DATABASE_PART, type LabState } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { BankMark } from "../../banks/bank-mark.tsx";
import { type Bank, useBanks } from "../../banks/banks.tsx";
import { Act } from "./act.tsx";
import { ArmFailpoint } from "./arm-failpoint.tsx";
import type { Lab } from "./lab-watch.ts";

/** Each bank's process and database, with what can be done to them. */
export function Breakers({ lab, state }: { readonly lab: Lab; readonly state: LabState }) {
  const t = useTranslations("lab");
  const banks = useBanks();
  return (
    <section aria-labelledby="breakers-heading" className="panel px-4 py-3.5">
      <h2 id="breakers-heading" className="mb-1 font-semibold">
        {t("breakers.title")}
      </h2>
      <ul className="divide-y divide-separator">
        {state.banks.map((told) => {
          const bank = banks.find(({ id }) => id === told.id);
          return bank && <BankRow key={told.id} bank={bank} told={told} lab={lab} />;
        })}
        {state.database !== null && <ServerRow lab={lab} state={state.database} />}
      </ul>
    </section>
  );
}

type Told = LabState["banks"][number];

function BankRow(props: { readonly bank: Bank; readonly told: Told; readonly lab: Lab }) {
  const { bank, told, lab } = props;
  const t = useTranslations("lab");
  const part = bank.id;
  return (
    <li className="flex flex-col gap-2 py-2.5" aria-label={bank.name}>
      <div className="flex flex-wrap items-center gap-2">
        <BankMark bank={bank} isDimmed={told.process !== "ready"} />
        <span className="font-medium">{bank.name}</span>
        <ProcessState state={told.process} />
        {told.database === "taken" && (
          <span className="text-xs text-negative">{t("breakers.withoutDatabase")}</span>
        )}
        <span className="ml-auto flex gap-1">
          {told.process === "ready" && (
            <>
              <Act lab={lab} acts={[{ do: "kill", part }]} name={bank.name} tone="negative">
                {t("breakers.kill")}
              </Act>
              <Act lab={lab} acts={[{ do: "pause", part }]} name={bank.name}>
                {t("breakers.pause")}
              </Act>
              <Act lab={lab} acts={[{ do: "restart", part }]} name={bank.name}>
                {t("breakers.restart")}
              </Act>
            </>
          )}
          {told.process === "paused" && (
            <Act lab={lab} acts={[{ do: "resume", part }]} name={bank.name}>
              {t("breakers.resume")}
            </Act>
          )}
          {told.process === "down" && (
            <Act lab={lab} acts={[{ do: "start", part }]} name={bank.name}>
              {t("breakers.start")}
            </Act>
          )}
          <Act
            lab={lab}
            acts={[
              { do: told.database === "there" ? "take-database" : "give-database", bank: part },
            ]}
            name={bank.name}
          >
            {t(told.database === "there" ? "breakers.takeDatabase" : "breakers.giveDatabase")}
          </Act>
        </span>
      </div>
      <ArmFailpoint bank={bank} told={told} lab={lab} />
    </li>
  );
}

function ServerRow(props: {
  readonly lab: Lab;
  readonly state: NonNullable<LabState["database"]>;
}) {
  const { lab, state } = props;
  const t = useTranslations("lab");
  const name = t("breakers.server");
  const part = DATABASE_PART;
  return (
    <li className="flex flex-wrap items-center gap-2 py-2.5" aria-label={name}>
      <span className="font-medium">{name}</span>
      <ProcessState state={state === "up" ? "ready" : state} />
      <span className="ml-auto flex gap-1">
        {state === "up" && (
          <>
            <Act lab={lab} acts={[{ do: "kill", part }]} name={name} tone="negative">
              {t("breakers.kill")}
            </Act>
            <Act lab={lab} acts={[{ do: "pause", part }]} name={name}>
              {t("breakers.pause")}
            </Act>
          </>
        )}
        {state === "paused" && (
          <Act lab={lab} acts={[{ do: "resume", part }]} name={name}>
            {t("breakers.resume")}
          </Act>
        )}
        {state === "down" && (
          <Act lab={lab} acts={[{ do: "start", part }]} name={name}>
            {t("breakers.start")}
          </Act>
        )}
      </span>
    </li>
  );
}

const inks = {
  ready: "text-positive",
  starting: "text-caution",
  paused: "text-caution",
  down: "text-negative",
} as const;

function ProcessState({ state }: { readonly state: keyof typeof inks }) {
  const t = useTranslations("lab.process");
  return <span className={`text-xs ${inks[state]}`}>{t(state)}</span>;
}
