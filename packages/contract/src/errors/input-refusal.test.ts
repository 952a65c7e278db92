import { describe, expect, it } from "vitest";
import { createTransferInput } from "../transfers.ts";
import { inputRefusal } from "./input-refusal.ts";
import { refusalSentence } from "./sentence.ts";

function refusalOf(change: object) {
  const input = {
    idempotencyKey: "key-12345678",
    from: [{ bank: "azul", account: "10001-3", amountCentavos: 100 }],
    to: [{ bank: "verde", account: "10001-3", amountCentavos: 100 }],
  };
  const parsed = createTransferInput.safeParse({ ...input, ...change });
  if (parsed.success) throw new Error("expected a refusal");
  return inputRefusal(parsed.error);
}

describe("an input that no procedure takes", () => {
  it("is refused by the field's name, with what would fit, in both languages", () => {
    const from = [{ bank: "azul", account: "10001-3", amountCentavos: 0.5 }];
    const refusal = refusalOf({ from });
    expect(refusalSentence(refusal, "en")).toBe(
      "from.0.amountCentavos: this value is not accepted. " +
        "A whole number is needed (money in centavos).",
    );
    expect(refusalSentence(refusal, "pt-BR")).toBe(
      "from.0.amountCentavos: este valor não é aceito. " +
        "É preciso um número inteiro (dinheiro em centavos).",
    );
  });

  it("names a field that is not known", () => {
    expect(refusalOf({ priority: 1 })).toMatchObject({ details: { field: "priority" } });
  });

  it("says the bound that a list or a number passes", () => {
    expect(refusalOf({ from: [] }).details["hint"]).toBe("At least 1 needed.");
    expect(refusalOf({ waitMs: 60_000 }).details["hint"]).toBe("At most 30000.");
  });
});
