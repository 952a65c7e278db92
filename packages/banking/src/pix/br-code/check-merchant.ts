import type { Findings } from "./findings.ts";
import type { BrCodeRule } from "./violation.ts";

interface FieldRule {
  readonly path: string;
  readonly rule: BrCodeRule;
  readonly shape: RegExp;
  readonly expected: string | null;
}

const RULES: readonly FieldRule[] = [
  { path: "52", rule: "category-code", shape: /^[0-9]{4}$/, expected: null },
  { path: "53", rule: "currency", shape: /^986$/, expected: "986" },
  { path: "58", rule: "country", shape: /^BR$/, expected: "BR" },
  { path: "59", rule: "merchant-name", shape: /^.{1,25}$/u, expected: null },
  { path: "60", rule: "merchant-city", shape: /^.{1,15}$/u, expected: null },
];

/** Checks what every BR Code must say of the merchant; `end` is where missing objects would go. */
export function checkMerchant(findings: Findings, end: number): void {
  for (const { path, rule, shape, expected } of RULES) {
    const field = findings.get(path);
    if (!field) findings.add({ rule, path, start: end, end, expected });
    else if (!shape.test(field.value)) {
      findings.add({ rule, path, start: field.valueStart, end: field.end, expected });
    }
  }
}
