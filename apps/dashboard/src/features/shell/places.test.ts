import { expect, it } from "vitest";
import { placeAt, placesFor } from "./places.ts";

it("finds the menu's entry of a path by its longest beginning", () => {
  expect(placeAt("/")).toBe("/");
  expect(placeAt("/transfers")).toBe("/transfers");
  expect(placeAt("/transfers/new")).toBe("/transfers/new");
  expect(placeAt("/transfers/azul/019a")).toBe("/transfers");
  expect(placeAt("/transfersome")).toBeNull();
});

it("shows an auditor no page for moving money, and nobody else's", () => {
  const hrefs = (roles: Parameters<typeof placesFor>[0]) =>
    placesFor(roles, new Set()).flatMap(({ places }) => places.map(({ href }) => href));
  expect(hrefs(["auditor"])).not.toContain("/cash");
  expect(hrefs(["auditor"])).toContain("/transfers");
  expect(hrefs(["teller"])).toContain("/cash");
  expect(hrefs([])).toEqual([]);
});

it("shows the Lab to operators of a consortium that has one", () => {
  const hrefs = (roles: Parameters<typeof placesFor>[0], offers: readonly "lab"[]) =>
    placesFor(roles, new Set(offers)).flatMap(({ places }) => places.map(({ href }) => href));
  expect(hrefs(["operator"], ["lab"])).toContain("/lab");
  expect(hrefs(["operator"], [])).not.toContain("/lab");
  expect(hrefs(["teller"], ["lab"])).not.toContain("/lab");
});
