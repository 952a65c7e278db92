import type { Finding } from "@pacto/testbed/doctor";
import { memberOf } from "../consortium/consortium.ts";
import { table } from "../output/layout.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

/** What is wrong with this machine, the configuration, databases and banks; 1 when anything is. */
export async function doctor(session: Session, bank?: string): Promise<Told> {
  const { diagnose } = await import("@pacto/testbed/doctor");
  const consortium = session.consortium();
  const { dataDir, manifest } = consortium;
  const banks = bank === undefined ? undefined : [memberOf(consortium, bank).id];
  const findings = await diagnose({ dataDir, manifest, ...(banks === undefined ? {} : { banks }) });
  const faults = findings.filter(({ level }) => level === "fault").length;
  const warnings = findings.filter(({ level }) => level === "warning").length;
  const { doctor: says } = session.language.texts;
  return {
    json: {
      faults,
      warnings,
      findings: findings.map((each) => ({ ...each, sentence: sentenceOf(each, session) })),
    },
    lines: [
      ...table(
        [says.result, says.about, says.sentence],
        findings.map((each) => [
          says.levels[each.level],
          subjectOf(each, session),
          sentenceOf(each, session),
        ]),
      ),
      "",
      says.verdict(faults, warnings),
    ],
    exit: faults > 0 ? 1 : 0,
  };
}

function subjectOf({ subject, bank }: Finding, { language }: Session): string {
  const word = language.texts.doctor.subjects[subject];
  return bank === null ? word : `${word} · ${bank}`;
}

function sentenceOf({ code, details }: Finding, { language }: Session): string {
  const sentence = language.texts.doctor.findings[code];
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
}
