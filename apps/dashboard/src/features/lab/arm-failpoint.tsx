"use client";
import {
  type FailpointAction,
  failpointActions,
  type LabFailpoint,
  labFailpoints,
  type LabState,
} from "@pacto/contract";
import { useFormatter, useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { Bank } from "../../banks/banks.tsx";
import { Act } from "./act.tsx";
import type { Lab } from "./lab-watch.ts";

/** At which step of the protocol a bank is to be stopped, and whether it has been. */
export function ArmFailpoint(props: {
  readonly bank: Bank;
  readonly told: LabState["banks"][number];
  readonly lab: Lab;
}) {
  const { bank, told, lab } = props;
  const t = useTranslations("lab");
  const names = useTranslations("lab.failpoints");
  const actions = useTranslations("lab.actions");
  const format = useFormatter();
  const id = useId();
  const [failpoint, setFailpoint] = useState<LabFailpoint>(labFailpoints[3]);
  const [action, setAction] = useState<FailpointAction>("kill");
  if (told.reached !== null) {
    const at = format.dateTime(new Date(told.reached.at), { timeStyle: "medium" });
    return (
      <p className="text-xs text-caution">
        {t("breakers.reached", { where: names(keyOf(told.reached.failpoint)), at })}
      </p>
    );
  }
  if (told.armed !== null) {
    return (
      <p className="flex items-center gap-2 text-xs text-caution">
        <span className="flex-1">
          {t("breakers.armed", {
            action: actions(told.armed.action),
            where: names(keyOf(told.armed.failpoint)),
          })}
        </span>
        <Act lab={lab} acts={[{ do: "disarm", bank: bank.id }]} name={bank.name}>
          {t("breakers.disarm")}
        </Act>
      </p>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-1.5 text-xs">
      <select
        id={id}
        aria-label={t("breakers.where", { bank: bank.name })}
        value={failpoint}
        onChange={(event) => setFailpoint(event.target.value as LabFailpoint)}
        className={`${select} min-w-0 flex-1`}
      >
        {labFailpoints.map((name) => (
          <option key={name} value={name}>
            {names(keyOf(name))}
          </option>
        ))}
      </select>
      <select
        aria-label={t("breakers.how", { bank: bank.name })}
        value={action}
        onChange={(event) => setAction(event.target.value as FailpointAction)}
        className={select}
      >
        {failpointActions.map((name) => (
          <option key={name} value={name}>
            {actions(name)}
          </option>
        ))}
      </select>
      <Act lab={lab} acts={[{ do: "arm", bank: bank.id, failpoint, action }]} name={bank.name}>
        {t("breakers.arm")}
      </Act>
    </div>
  );
}

const select = "h-7 cursor-pointer rounded-md border border-border bg-surface px-1.5 text-xs";

/** A message's key holds no colon. */
function keyOf(name: LabFailpoint) {
  return name.replace(":", "-") as FailpointKey;
}

type FailpointKey = LabFailpoint extends infer Name
  ? Name extends `${infer Role}:${infer Place}`
    ? `${Role}-${Place}`
    : never
  : never;
