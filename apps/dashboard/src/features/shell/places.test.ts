import { expect, it } from "vitest";
import { placeAt, placesFor } from "./places.ts";

it("finds the menu's entry of a path by its longest beginning", () => {
  expect(placeAt("/")).toBe("/");
  expect(placeAt("/transfers")).toBe("/transfers");
  expect(placeAt("/transfers/new")).toBe("/transfers/new");
  expect(placeAt("/transfers/azul/019a")).toBe("/transfers");
  expect(placeAt("/transfersome")).toBeNull();
});

it("shows an auditor no page for moving money, and everything while nobody has signed in", () => {
  const hrefs = (roles: Parameters<typeof placesFor>[0]) =>
    placesFor(roles).flatMap(({ places }) => places.map(({ href }) => href));
  expect(hrefs(["auditor"])).not.toContain("/cash");
  expect(hrefs(["auditor"])).toContain("/transfers");
  expect(hrefs(null)).toContain("/cash");
  expect(hrefs([])).toEqual([]);
});
