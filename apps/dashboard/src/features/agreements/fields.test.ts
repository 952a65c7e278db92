import { expect, it } from "vitest";
import { accountOf, centavosOf, type Field, missingFields, targetOf } from "./fields.ts";

const fields: readonly Field[] = [
  { name: "amount", label: "", kind: "money" },
  { name: "note", label: "", kind: "text", isOptional: true },
];

it("asks for what is missing, and for an amount that is none", () => {
  expect([...missingFields(fields, {}, "pt-BR")]).toEqual(["amount"]);
  expect([...missingFields(fields, { amount: "dez" }, "pt-BR")]).toEqual(["amount"]);
  expect([...missingFields(fields, { amount: "10,00" }, "pt-BR")]).toEqual([]);
  expect(centavosOf("10,50", "pt-BR")).toBe(1_050);
});

it("tells an account from a key", () => {
  expect(targetOf(" verde/10001-2 ")).toEqual({ bank: "verde", account: "10001-2" });
  expect(targetOf("fulano@example.com")).toEqual({ key: "fulano@example.com" });
  expect(accountOf("fulano@example.com")).toBeNull();
});
