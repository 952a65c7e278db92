import { expect, it } from "vitest";
import { toHistoryFilter, type TypedFilter } from "./entry-filter.ts";

const empty: TypedFilter = {
  number: "",
  kind: "",
  from: "",
  to: "",
  least: "",
  most: "",
  text: "",
};

it("asks for whole days of São Paulo, amounts in centavos, and nothing that is not whole", () => {
  expect(toHistoryFilter(empty, "pt-BR")).toEqual({});
  const typed = {
    number: "12345-6",
    kind: "deposit",
    from: "2026-11-01",
    to: "2026-11-30",
    least: "10",
    most: "1.000,50",
    text: " luz ",
  };
  expect(toHistoryFilter(typed, "pt-BR")).toEqual({
    number: "12345-6",
    kind: "deposit",
    from: "2026-11-01T03:00:00.000Z",
    to: "2026-12-01T02:59:59.999Z",
    minimumCentavos: 1_000,
    maximumCentavos: 100_050,
    text: "luz",
  });
  expect(toHistoryFilter({ ...empty, number: "123", from: "2026-13-01" }, "en")).toEqual({});
});
