import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  buildEndToEndId,
  buildReturnId,
  isFreshPixId,
  parseEndToEndId,
  parseReturnId,
} from "./end-to-end-id.ts";
import { isIspb } from "./ispb.ts";
import { isTxid } from "./txid.ts";

const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".split("");

describe("an end-to-end id", () => {
  test("is read into institution, UTC minute and suffix", () => {
    expect(parseEndToEndId("E12345678202406201221abcdef12345")).toEqual({
      ok: true,
      id: "E12345678202406201221abcdef12345",
      ispb: "12345678",
      instant: new Date("2024-06-20T12:21:00Z"),
      suffix: "abcdef12345",
    });
  });

  test("lesson 38: carries UTC, which at 23:30 in São Paulo is the next day", () => {
    const instant = new Date("2025-03-10T23:30:00-03:00");
    expect(buildEndToEndId({ ispb: "12345678", instant, suffix: "abcdef12345" })).toBe(
      "E12345678202503110230abcdef12345",
    );
  });

  test.each([
    ["E12345678202406201221abcdef1234", "length"],
    ["D12345678202406201221abcdef12345", "prefix"],
    ["e12345678202406201221abcdef12345", "prefix"],
    ["E1234567a202406201221abcdef12345", "ispb"],
    ["E12345678202413201221abcdef12345", "time"],
    ["E12345678202402301221abcdef12345", "time"],
    ["E12345678202406202421abcdef12345", "time"],
    ["E1234567820240620122xabcdef12345", "time"],
    ["E12345678202406201221abcdef1234-", "suffix"],
  ])("%s is refused for its %s", (text, part) => {
    expect(parseEndToEndId(text)).toEqual({ ok: false, code: "pix-id-malformed", part });
  });

  test("of a refund starts with D", () => {
    const text = "D12345678202009091000abcde123456";
    expect(parseReturnId(text)).toMatchObject({ ok: true, instant: new Date("2020-09-09T10:00Z") });
    expect(parseEndToEndId(text).ok).toBe(false);
    const instant = new Date("2020-09-09T10:00:59.999Z");
    expect(buildReturnId({ ispb: "12345678", instant, suffix: "abcde123456" })).toBe(text);
  });

  test("is fresh for twelve hours before and after", () => {
    const parts = { ispb: "12345678", instant: new Date("2025-01-01T12:00Z"), suffix: "" };
    expect(isFreshPixId(parts, new Date("2025-01-02T00:00Z"))).toBe(true);
    expect(isFreshPixId(parts, new Date("2025-01-01T00:00Z"))).toBe(true);
    expect(isFreshPixId(parts, new Date("2025-01-02T00:01Z"))).toBe(false);
  });

  test("is not built from parts that do not fit", () => {
    const instant = new Date("2025-01-01T12:00Z");
    expect(() => buildEndToEndId({ ispb: "1", instant, suffix: "abcdef12345" })).toThrow("length");
    expect(() => buildEndToEndId({ ispb: "12345678", instant, suffix: "abcdef-2345" })).toThrow(
      "suffix",
    );
  });

  test("is read back as it was built", () => {
    const suffixes = fc.string({
      unit: fc.constantFrom(...ALPHANUMERIC),
      minLength: 11,
      maxLength: 11,
    });
    const instants = fc.date({
      min: new Date("2000-01-01"),
      max: new Date("2999-12-31"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, suffixes, (instant, suffix) => {
        const parsed = parseEndToEndId(buildEndToEndId({ ispb: "0A345678", instant, suffix }));
        const minute = Math.floor(instant.getTime() / 60_000) * 60_000;
        expect(parsed).toMatchObject({ ok: true, suffix, instant: new Date(minute) });
      }),
    );
  });
});

test("an ISPB has eight digits or capitals", () => {
  expect(["00038166", "12ABC345"].every(isIspb)).toBe(true);
  expect(["0003816", "000381660", "12abc345", "1234567 "].some(isIspb)).toBe(false);
});

test("a txid is as long as its use wants it, of letters and digits", () => {
  expect(isTxid("a".repeat(25), "static-br-code")).toBe(true);
  expect(isTxid("a".repeat(26), "static-br-code")).toBe(false);
  expect(isTxid("a".repeat(25), "charge")).toBe(false);
  expect(isTxid("a".repeat(26), "charge")).toBe(true);
  expect(isTxid("a".repeat(35), "charge")).toBe(true);
  expect(isTxid("a".repeat(36), "received-pix")).toBe(false);
  expect(isTxid("a", "received-pix")).toBe(true);
  for (const text of ["", "RP12345678-2019", "a_b", "a b", "***", "ação"]) {
    expect(isTxid(text, "static-br-code")).toBe(false);
  }
});
