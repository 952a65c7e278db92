import { describe, expect, it } from "vitest";
import { maskEmail, maskName, maskPhone, maskPixKey } from "./mask.ts";

describe("personal data in lists", () => {
  it("shows enough to recognise somebody by, and not enough to find them", () => {
    expect(maskName("Ana Souza Lima")).toBe("Ana S. L.");
    expect(maskName("  Ícaro  Ávila ")).toBe("Ícaro Á.");
    expect(maskEmail("ana.souza@example.com")).toBe("a***@example.com");
    expect(maskEmail("no address")).toBe("***");
    expect(maskPhone("+55 (11) 98765-4321")).toBe("***4321");
    expect(maskPhone("")).toBe("***");
  });

  it("masks a PIX key by its type", () => {
    expect(maskPixKey("39053344705")).toBe("***.533.447-**");
    expect(maskPixKey("12ABC34501DE35")).toBe("**.ABC.345/01DE-**");
    expect(maskPixKey("dora@example.com")).toBe("d***@example.com");
    expect(maskPixKey("+5511987654321")).toBe("***4321");
    expect(maskPixKey("123e4567-e89b-42d3-a456-426614174000")).toBe("123e4567-***");
    expect(maskPixKey("whatever else")).toBe("***");
  });
});
