import { describe, expect, it } from "vitest";
import { createLogger, maskSecrets } from "./logger.ts";

describe("the log", () => {
  it("masks personal data and secrets wherever they stand", () => {
    const lines: string[] = [];
    const logger = createLogger({ bank: "azul", level: "info", write: (line) => lines.push(line) });
    logger.info(
      { authorization: "Bearer abc", body: { taxId: "52998224725" } },
      "cpf 529.982.247-25",
    );
    logger.error({ err: new Error("Key (tax_id)=(12ABC34501DE35) of 12.ABC.345/01DE-35") });
    logger.warn({ url: "postgres://pacto:hunter2@localhost/x" }, "Bearer abcdefgh.ijk");
    const text = lines.join("");
    for (const secret of ["52998224725", "529.982.247-25", "12ABC34501DE35", "hunter2"]) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toContain("abcdefgh");
    expect(lines.map((line) => JSON.parse(line).bank)).toEqual(["azul", "azul", "azul"]);
  });

  it("leaves ids, instants and amounts as they are", () => {
    const text =
      '{"time":"2026-11-21T12:00:00.000Z","id":"01a1fc2c-9fbd-76ae-bebf-980c41228a0f",' +
      '"account":"12345-6","amountCentavos":123456,"url":"http://127.0.0.1:3001"}';
    expect(maskSecrets(text)).toBe(text);
  });
});
