import { describe, expect, it } from "vitest";
import { readTaxId } from "./tax-id-reading.ts";

describe("a tax id while it is typed", () => {
  it.each([
    ["", { kind: "empty" }],
    ["390.533", { kind: "incomplete", of: "cpf", missing: 5 }],
    ["390.533.447-05", { kind: "cpf", formatted: "390.533.447-05" }],
    ["39053344705", { kind: "cpf", formatted: "390.533.447-05" }],
    ["390.533.447-06", { kind: "wrong", problem: "check-digits" }],
    ["111.111.111-11", { kind: "wrong", problem: "repeated" }],
    ["12.abc.345", { kind: "incomplete", of: "cnpj", missing: 6 }],
    ["12.ABC.345/01DE-35", { kind: "cnpj", formatted: "12.ABC.345/01DE-35" }],
    ["12abc34501de35", { kind: "cnpj", formatted: "12.ABC.345/01DE-35" }],
    ["12.ABC.345/01DE-36", { kind: "wrong", problem: "check-digits" }],
    ["390 533 447#05", { kind: "wrong", problem: "character" }],
    ["123456789012345", { kind: "wrong", problem: "length" }],
  ])("%j is read so far as %j", (text, reading) => {
    expect(readTaxId(text)).toEqual(reading);
  });
});
