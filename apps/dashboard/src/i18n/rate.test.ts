import { expect, it } from "vitest";
import { readPpm } from "./rate.ts";

it("reads a percentage with comma or point, exactly", () => {
  expect(readPpm("1,99")).toBe(19_900);
  expect(readPpm("1.99 %")).toBe(19_900);
  expect(readPpm("12")).toBe(120_000);
  expect(readPpm("0,0001")).toBe(1);
  expect(readPpm("0")).toBe(0);
});

it("reads nothing out of what is no percentage", () => {
  for (const text of ["", "x", "-1", "1,23456", "1,2,3", "12345"]) {
    expect(readPpm(text)).toBeNull();
  }
});
