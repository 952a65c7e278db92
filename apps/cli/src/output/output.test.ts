import { describe, expect, it } from "vitest";
import { Refused, Unanswered, Unreachable, WrongUsage } from "../exit.ts";
import { languageOf } from "../language/language.ts";
import { facts, table } from "./layout.ts";
import { reportOf, reportOfError } from "./report.ts";
import { duration, money } from "./show.ts";

const english = languageOf("en");
const portuguese = languageOf("pt-BR");

describe("a table", () => {
  it("aligns columns by their widest cell, numbers to the right", () => {
    expect(
      table(
        ["NAME", { right: "SUM" }],
        [
          ["Ana", "1"],
          ["Conceição", "1000"],
        ],
      ),
    ).toEqual(["NAME        SUM", "Ana           1", "Conceição  1000"]);
  });
});

describe("facts", () => {
  it("leave out what is not known", () => {
    expect(
      facts([
        ["id", "7"],
        ["e-mail", null],
        ["balance", "9"],
      ]),
    ).toEqual(["id       7", "balance  9"]);
  });
});

describe("money and durations", () => {
  it("read as the reader writes them", () => {
    expect(money(65_000, english)).toBe("R$\u00a0650.00");
    expect(money(123_456, portuguese)).toBe("R$\u00a01.234,56");
    expect([duration(850), duration(12_345), duration(180_000)]).toEqual([
      ...["850 ms", "12 s", "3 min"],
    ]);
  });
});

describe("a report", () => {
  const refusal = new Refused("insufficient-funds", {
    bank: "ambar",
    account: "10001-3",
    missingCentavos: 1,
    availableCentavos: 80_000,
  });

  it("tells a refusal by code and sentence on stderr, exit 1", () => {
    expect(reportOfError(refusal, false, english)).toEqual({
      exit: 1,
      stdout: "",
      stderr:
        "insufficient-funds: Account 10001-3 at bank ambar lacks R$ 0.01: R$ 800.00 is available.\n",
    });
    expect(reportOfError(refusal, false, portuguese)?.stderr).toContain("Faltam R$ 0,01 na conta");
  });

  it("tells it to programs too", () => {
    const report = reportOfError(refusal, true, english);
    expect(JSON.parse(report?.stdout ?? "")).toMatchObject({
      error: { code: "insufficient-funds", details: { missingCentavos: 1 } },
    });
    expect(report?.stderr).toContain("insufficient-funds: ");
  });

  it("tells an unknown outcome as unknown, never as failed, with the key that asks again", () => {
    const unknown = new Unanswered({ bank: "azul", mayBeDone: true, key: "cli-1234" });
    const report = reportOfError(unknown, false, english);
    expect(report?.exit).toBe(3);
    expect(report?.stderr).toContain("outcome-unknown: ");
    expect(report?.stderr).toContain("--key cli-1234");
    expect(report?.stderr).not.toMatch(/fail/i);
  });

  it("says so when nothing was sent", () => {
    const never = new Unanswered({ bank: "azul", mayBeDone: false, key: "cli-1234" });
    expect(reportOfError(never, false, english)).toMatchObject({
      exit: 3,
      stderr: expect.stringContaining("nothing was sent") as string,
    });
  });

  it("has its exit codes for wrong usage and for no consortium, and none for a defect", () => {
    expect(reportOfError(new WrongUsage("?"), false, english)?.exit).toBe(2);
    expect(reportOfError(new Unreachable("?"), false, english)?.exit).toBe(3);
    expect(reportOfError(new TypeError("?"), false, english)).toBeUndefined();
  });

  it("writes bigint centavos as JSON integers, and as text beyond their range", () => {
    const told = { json: { a: 5n, b: 2n ** 60n }, lines: [] };
    expect(JSON.parse(reportOf(told, true, english).stdout)).toEqual({
      a: 5,
      b: "1152921504606846976",
    });
  });
});
