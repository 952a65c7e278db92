import type { PixReturnNode } from "@pacto/contract";
import { expect, it } from "vitest";
import { layTree } from "./tree.ts";

function node(id: string, parent: string | null): PixReturnNode {
  return {
    id,
    parent,
    depth: 0,
    bank: "azul",
    account: "1-9",
    soughtCentavos: 1,
    heldCentavos: 0,
    state: "empty",
    decideBy: null,
  };
}

it("puts each account below the one from which its money came, also before that one is known", () => {
  const placed = layTree([node("a", null), node("d", "x"), node("c", "b"), node("b", "a")]);
  expect(placed.map(({ node: { id }, depth, parentRow }) => [id, depth, parentRow])).toEqual([
    ...[["a", 0, null] as const, ["b", 1, 0] as const, ["c", 2, 1] as const],
    ["d", 0, null],
  ]);
});
