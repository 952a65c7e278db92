"use client";
import { useTranslations } from "next-intl";
import { BankMark } from "../../banks/bank-mark.tsx";
import { BankStateDot } from "../../banks/bank-state-dot.tsx";
import { useBanks } from "../../banks/banks.tsx";
import { takesWork } from "../../banks/health.ts";
import { Icon, type IconName } from "../../components/icon.tsx";
import { useMoney } from "../../i18n/money.ts";
import type { BankProgress, Step, Told } from "./tell-progress.ts";

const steps = ["prepare", "vote", "decision", "applied"] as const;

/** Each bank's way through the transfer, and what it holds meanwhile. */
export function ProgressTable(props: { readonly told: Told; readonly coordinator: string }) {
  const t = useTranslations("progress");
  return (
    <section aria-labelledby="progress-heading">
      <h2 id="progress-heading" className="mb-2 font-semibold">
        {t("title")}
      </h2>
      <div className="panel overflow-x-auto">
        <table className="data-table">
          <caption className="sr-only">{t("title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("bank")}</th>
              {steps.map((step) => (
                <th key={step} scope="col">
                  {t(step)}
                </th>
              ))}
              <th scope="col">{t("held")}</th>
            </tr>
          </thead>
          <tbody>
            {props.told.banks.map((progress) => (
              <ProgressRow
                key={progress.bank}
                progress={progress}
                outcome={props.told.state}
                isCoordinator={progress.bank === props.coordinator}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function ProgressRow(props: {
  readonly progress: BankProgress;
  readonly outcome: Told["state"];
  readonly isCoordinator: boolean;
}) {
  const { progress, outcome } = props;
  const t = useTranslations("progress");
  const states = useTranslations("bankState");
  const bank = useBanks().find(({ id }) => id === progress.bank);
  if (bank === undefined) return null;
  const isAway = !takesWork(bank.health) && bank.health.state !== "unknown";
  return (
    <tr data-bank={bank.id}>
      <th scope="row" className="text-foreground!">
        <span className="flex items-center gap-2 text-[0.8125rem]">
          <BankMark bank={bank} isDimmed={isAway} />
          {bank.name}
          {props.isCoordinator && (
            <span className="font-normal text-subtle">· {t("coordinator")}</span>
          )}
          {isAway && (
            <span className="inline-flex items-center gap-1 font-normal text-muted">
              <BankStateDot state={bank.health.state} />
              {states(bank.health.state)}
            </span>
          )}
        </span>
      </th>
      {steps.map((step) => (
        <td key={step}>
          <StepMark step={progress[step]} word={wordOf(step, progress[step], outcome)} />
        </td>
      ))}
      <td>
        <HeldHere progress={progress} />
      </td>
    </tr>
  );
}

type Word =
  | "asked"
  | "yes"
  | "no"
  | "commit"
  | "abort"
  | "applied"
  | "released"
  | "waiting"
  | "pending"
  | "skipped"
  | "unknown";

function wordOf(step: (typeof steps)[number], at: Step, outcome: Told["state"]): Word {
  if (at === "refused") return "no";
  if (at !== "done") return at;
  if (step === "prepare") return "asked";
  if (step === "vote") return "yes";
  const isCommit = outcome === "committed";
  if (step === "decision") return isCommit ? "commit" : "abort";
  return isCommit ? "applied" : "released";
}

const marks: Record<Step, { icon: IconName; ink: string }> = {
  done: { icon: "check", ink: "text-positive" },
  refused: { icon: "close", ink: "text-negative" },
  waiting: { icon: "clock", ink: "text-caution" },
  pending: { icon: "minus", ink: "text-subtle" },
  skipped: { icon: "minus", ink: "text-subtle" },
  unknown: { icon: "warning", ink: "text-caution" },
};

function StepMark({ step, word }: { readonly step: Step; readonly word: Word }) {
  const t = useTranslations("progress.words");
  const { icon, ink } = marks[step];
  return (
    <span className={`inline-flex items-center gap-1.5 align-middle whitespace-nowrap ${ink}`}>
      <Icon
        name={icon}
        className={`size-3.5 ${step === "waiting" ? "motion-safe:animate-pulse" : ""}`}
      />
      {t(word)}
    </span>
  );
}

function HeldHere({ progress }: { readonly progress: BankProgress }) {
  const t = useTranslations("progress");
  const money = useMoney();
  if (progress.forced !== null) {
    return <span className="text-caution">{t(`forced.${progress.forced}`)}</span>;
  }
  if (progress.held.length === 0) return <span className="text-subtle">{t("nothingHeld")}</span>;
  return progress.held.map((leg) => (
    <span key={`${leg.account}/${leg.direction}`} className="num flex items-center gap-1.5">
      <Icon name="lock" className="size-3.5 text-caution" />
      {t(leg.direction === "debit" ? "heldDebit" : "heldCredit", {
        amount: money(leg.amountCentavos),
        account: leg.account,
      })}
    </span>
  ));
}
