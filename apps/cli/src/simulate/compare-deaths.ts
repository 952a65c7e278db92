import { table } from "../output/layout.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import type { Deaths } from "./job.ts";
import { count } from "./numbers.ts";
import { runDeaths } from "./run-deaths.ts";
import { seldom } from "./seldom.ts";
import { tellViolation } from "./tell-violation.ts";

const MODES = ["local", "register"] as const;

/**
 * Lets N coordinators die for good in each mode and says in how many cases somebody waits for ever
 * (R5: never with a register while a majority of its witnesses lives; one dead bank is not that).
 */
export async function compareDeaths(
  session: Session,
  { seed, deaths }: { readonly seed: number; readonly deaths: number },
): Promise<Told> {
  const { simulate: says } = session.language.texts;
  const results: (Deaths & { readonly mode: (typeof MODES)[number] })[] = [];
  for (const mode of MODES) {
    const progress = seldom((done) =>
      session.progress(says.deathsProgress(mode, count(done, session), count(deaths, session))),
    );
    const result = await runDeaths({ mode, seed, deaths, signal: session.signal, progress });
    if (result.failure !== null) return tellViolation(session, result.failure, mode);
    results.push({ ...result, mode });
  }
  const holds = results.every(({ mode, blocked }) => mode === "local" || blocked === 0);
  const { columns: head } = says;
  const rows = results.map(({ mode, ...sums }) => [
    says.modes[mode],
    count(sums.deaths, session),
    count(sums.blocked, session),
    percent(sums, session),
  ]);
  return {
    json: {
      seed,
      holds,
      modes: results.map(({ mode, ...sums }) => ({
        mode,
        schedules: sums.schedules,
        deaths: sums.deaths,
        blocked: sums.blocked,
        blockedShare: sums.deaths === 0 ? 0 : sums.blocked / sums.deaths,
      })),
    },
    lines: [
      says.deathsWhat,
      ...table(
        [head.mode, { right: head.deaths }, { right: head.blocked }, { right: head.share }],
        rows,
      ),
      holds ? says.deathsPass : says.deathsFail,
    ],
    exit: holds ? 0 : 1,
  };
}

function percent(
  { blocked, deaths }: Pick<Deaths, "blocked" | "deaths">,
  { language }: Session,
): string {
  const share = deaths === 0 ? 0 : blocked / deaths;
  return share.toLocaleString(language.locale, { style: "percent", maximumFractionDigits: 2 });
}
