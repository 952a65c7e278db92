import { expect, it } from "vitest";
import { splitLine } from "./split-line.ts";

it("splits a script's line as a shell would", () => {
  expect(splitLine("deposit 10001 200,00")).toEqual(["deposit", "10001", "200,00"]);
  expect(splitLine('  user "Ana Souza"  # the teller')).toEqual(["user", "Ana Souza"]);
  expect(splitLine("a#b ''")).toEqual(["a#b", ""]);
  expect(splitLine("# nothing")).toEqual([]);
  expect(splitLine("")).toEqual([]);
  expect(splitLine('say "hello')).toBeNull();
});
