import { formatReais } from "@pacto/banking";
import type { BooksAddress, LawReport } from "@pacto/testbed/laws";
import { Unreachable } from "../exit.ts";
import { table } from "../output/layout.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

export interface CheckOptions {
  readonly atRest?: boolean;
}

/**
 * Verifies every law over every bank from the databases' content: the banks' nodes are not asked
 * and may be down. Exit 0 only when all laws hold, 1 when one is broken, 3 when it is not known.
 */
export async function check(session: Session, { atRest = false }: CheckOptions): Promise<Told> {
  const { BooksUnreachable, checkLaws, violationSentence } = await import("@pacto/testbed/laws");
  const { locale, texts } = session.language;
  const addresses = await findBooks(session);
  let reports: LawReport[];
  try {
    reports = await checkLaws(addresses, { atRest });
  } catch (error) {
    if (!(error instanceof BooksUnreachable)) throw error;
    throw new Unreachable(texts.errors.databaseUnreachable(error.bank), { cause: error });
  }
  const broken = reports.filter(({ holds }) => !holds);
  const sentences = broken.flatMap(({ violations, truncated }) => [
    ...violations.map((violation) => violationSentence(violation, locale)),
    ...(truncated ? [texts.says.moreViolations] : []),
  ]);
  const verdict =
    broken.length === 0
      ? texts.says.allLawsHold(addresses.length)
      : texts.says.lawsBroken(broken.length);
  return {
    json: {
      holds: broken.length === 0,
      banks: addresses.map(({ bank }) => bank),
      laws: reports.map((report) => ({
        ...report,
        violations: report.violations.map((violation) => ({
          ...violation,
          sentence: violationSentence(violation, locale),
        })),
      })),
    },
    lines: [...lawTable(reports, session), ...sentences.map((it) => `  ${it}`), verdict],
    exit: broken.length === 0 ? 0 : 1,
  };
}

/** @throws Unreachable when a bank's database was never made, so that nothing is known of it */
async function findBooks({ consortium, language }: Session): Promise<BooksAddress[]> {
  const { readDatabaseUrls } = await import("@pacto/testbed/databases");
  const { manifest, dataDir } = consortium();
  return Promise.all(
    manifest.members.map(async ({ id }) => {
      const urls = await readDatabaseUrls(dataDir, id);
      if (urls !== undefined) return { bank: id, url: urls.serviceUrl };
      throw new Unreachable(language.texts.errors.databaseUnreachable(id));
    }),
  );
}

function lawTable(reports: readonly LawReport[], { language }: Session): string[] {
  const { columns: head, laws } = language.texts;
  return table(
    [head.result, head.rule, head.law, head.counted],
    reports.map((report) => [
      report.holds ? "PASS" : "FAIL",
      report.rule,
      laws[report.id],
      looked(report, language),
    ]),
  );
}

function looked({ counted, amounts }: LawReport, language: Session["language"]): string {
  const counts: Readonly<Record<string, string>> = language.texts.counts;
  const numbers = Object.entries(counted).map(
    ([what, count]) => `${count} ${counts[what] ?? what}`,
  );
  const sums = Object.entries(amounts).map(
    ([what, sum]) => `${counts[what] ?? what} ${formatReais(sum, language.locale)}`,
  );
  return [...numbers, ...sums].join(", ");
}
