import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Consortium } from "../src/consortium/start-consortium.ts";
import { type FuzzReport, runFuzz } from "../src/fuzz/index.ts";
import { startTestConsortium } from "../src/vitest/test-consortium.ts";

/** More on demand: PACTO_FUZZ_REQUESTS=200000 PACTO_FUZZ_SEED=7. */
const REQUESTS = Number(process.env["PACTO_FUZZ_REQUESTS"] ?? "20000");
const SEED = Number(process.env["PACTO_FUZZ_SEED"] ?? "1");
const MEGABYTE = 2 ** 20;

let consortium: Consortium;
let report: FuzzReport;
beforeAll(async () => {
  consortium = await startTestConsortium();
  report = await runFuzz({
    consortium,
    target: "arizona",
    peer: "texas",
    requests: REQUESTS,
    seed: SEED,
  });
}, 1_800_000);
afterAll(() => consortium.stop());

describe(`a node that gets ${REQUESTS} requests of all kinds (seed ${SEED})`, () => {
  it("answers none of them with an error of its own, nor with what it should not tell", () => {
    expect(report.requests).toBe(REQUESTS);
    const told = report.findings.map(({ problem, request, answer, logged }) => ({
      problem,
      asked: `${request.method} ${request.path.slice(0, 600)}`,
      body: String(request.body).slice(0, 600),
      answer: answer.text.slice(0, 400),
      logged,
    }));
    expect(told).toEqual([]);
  });

  it("keeps every law, and what it was told out of its log", () => {
    expect(report.laws.filter(({ holds }) => !holds)).toEqual([]);
    expect(report.logged).toEqual([]);
  });

  it("was asked for real: most procedures did what they are for", () => {
    expect(report.reached.length).toBeGreaterThan(report.procedures / 2);
    expect(report.statuses["2xx"]).toBeGreaterThan(REQUESTS / 20);
    expect(report.statuses["4xx"]).toBeGreaterThan(REQUESTS / 4);
  });

  it("does not grow with what it was asked", () => {
    expect(report.residentBytes.peak).toBeLessThan(500 * MEGABYTE);
  });
});
