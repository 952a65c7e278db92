import { agreement } from "./agreement.ts";
import { atRest } from "./at-rest.ts";
import { type BooksAddress, withBooks } from "./books.ts";
import { bounds } from "./bounds.ts";
import { conservation } from "./conservation.ts";
import { doubleEntry } from "./double-entry.ts";
import { exactlyOnce } from "./exactly-once.ts";
import { gaplessVersions } from "./gapless-versions.ts";
import { holds } from "./holds.ts";
import type { Law, LawReport } from "./law.ts";

/** Every law that a working consortium keeps at any instant. */
export const laws: readonly Law[] = [
  doubleEntry,
  gaplessVersions,
  bounds,
  holds,
  exactlyOnce,
  agreement,
  conservation,
];

/**
 * Verifies every law over every bank from what the databases contain (reliability, section 7).
 * Reads one snapshot of each; changes nothing; the banks may be at work, stopped or killed.
 * With `atRest` an open transaction is a violation too.
 * @throws BooksUnreachable when a bank's database does not answer
 */
export function checkLaws(
  databases: readonly BooksAddress[],
  options: { readonly atRest?: boolean } = {},
): Promise<LawReport[]> {
  const asked = options.atRest === true ? [...laws, atRest] : laws;
  return withBooks(databases, async (books) => {
    const reports: LawReport[] = [];
    for (const law of asked) reports.push(await law.check(books));
    return reports;
  });
}
