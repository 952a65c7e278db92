import { expect, test } from "vitest";
import { refusalCatalogue } from "./catalogue.ts";

/** States and parts of the machine, in whichever language a sentence is. */
const INTERNAL =
  /\b(?:prepared|tombstone|ballot|descriptor|hash|rollback|deadlock|constraint|undefined|null|NaN|SQL|HTTP|JSON|tRPC|Postgres\w*|[a-z]+_[a-z_]+|\w+Error)\b/i;

test("lesson 33: a teller reads what happened and what to do, never what the machine calls it", () => {
  for (const [code, refusal] of Object.entries(refusalCatalogue)) {
    for (const language of ["en", "pt-BR"] as const) {
      const sentence = refusal[language].replaceAll(/\{\w+\}/g, "");
      expect.soft(sentence, code).not.toMatch(INTERNAL);
      expect.soft(refusal[language], `${code}: whole sentences`).toMatch(/[.?!}]$/);
    }
  }
});
