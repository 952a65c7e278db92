import { parseReais } from "@pacto/banking";
import { describe, expect, it } from "vitest";
import {
  type BuilderDraft,
  coordinatorOf,
  count,
  emptySide,
  nextSideId,
  withPasted,
  type SideDraft,
  splitEvenly,
  toRequest,
} from "./builder-draft.ts";

function read(text: string): bigint | null {
  const parsed = parseReais(text, { locale: "pt-BR" });
  return parsed.ok ? parsed.centavos : null;
}

function side(id: string, bank: string, number: string, amount: string): SideDraft {
  return { id, bank, account: { number, holder: "Ana" }, amount };
}

const composite: BuilderDraft = {
  from: [
    side("1", "azul", "10-1", "200"),
    side("2", "verde", "10-1", "300,00"),
    side("3", "ambar", "30-3", "150"),
  ],
  to: [side("4", "coral", "40-4", "")],
  purpose: "",
  coordinator: "",
};

describe("the composite being built", () => {
  it("gives a single destination the sum of the sources", () => {
    const counted = count(composite, read);
    expect(counted).toMatchObject({ leaves: 650_00n, arrives: 650_00n, remaining: 0n });
    expect(toRequest(counted)).toEqual({
      from: [
        { bank: "azul", account: "10-1", amountCentavos: 200_00 },
        { bank: "verde", account: "10-1", amountCentavos: 300_00 },
        { bank: "ambar", account: "30-3", amountCentavos: 150_00 },
      ],
      to: [{ bank: "coral", account: "40-4", amountCentavos: 650_00 }],
    });
  });

  it("tells what has no destination yet and is no request while out of balance", () => {
    const split = { ...composite, to: [side("4", "coral", "40-4", "600")] };
    const counted = count(split, read);
    expect(counted.remaining).toBe(50_00n);
    expect(toRequest(counted)).toBeNull();
  });

  it("follows nothing once there are two destinations", () => {
    const to = [side("4", "coral", "40-4", ""), side("5", "azul", "50-5", "650")];
    const counted = count({ ...composite, to }, read);
    expect(counted.arrives).toBe(650_00n);
    expect(toRequest(counted)).toBeNull();
  });

  it("is no request while an account or an amount is missing", () => {
    const from = [emptySide("1", "azul")];
    expect(toRequest(count({ ...composite, from }, read))).toBeNull();
  });

  it("puts pasted sides after those that were begun, in place of an empty card", () => {
    const pasted = [{ bank: "azul", account: { number: "50-5", holder: "Bia" }, amount: "7" }];
    const draft = { ...composite, to: [emptySide("4"), side("5", "azul", "60-6", "1")] };
    expect(withPasted(draft, "to", pasted).map(({ id, amount }) => [id, amount])).toEqual([
      ["5", "1"],
      ["6", "7"],
    ]);
  });

  it("numbers a new side past all others", () => {
    expect(nextSideId(composite)).toBe("5");
  });

  it("is coordinated by the first source bank that takes work, unless one is chosen", () => {
    expect(coordinatorOf(composite, () => true)).toBe("azul");
    expect(coordinatorOf(composite, (bank) => bank === "ambar")).toBe("ambar");
    expect(coordinatorOf(composite, () => false)).toBeNull();
    expect(coordinatorOf({ ...composite, coordinator: "violeta" }, () => true)).toBe("violeta");
  });
});

it("splits a sum so that no centavo is lost, the first ones getting one more", () => {
  expect(splitEvenly(650_00n, 3)).toEqual([216_67n, 216_67n, 216_66n]);
  expect(splitEvenly(7n, 7)).toEqual(Array.from({ length: 7 }, () => 1n));
});
