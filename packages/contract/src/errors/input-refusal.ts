import type { z } from "zod";
import type { Refusal } from "./refusal.ts";

interface Hint {
  readonly en: string;
  readonly pt: string;
}

/** The first thing wrong with an input, as a refusal that names the field and says what fits. */
export function inputRefusal(error: z.core.$ZodError): Refusal {
  const [issue] = error.issues;
  if (issue === undefined) return { code: "invalid-input", details: { field: "input" } };
  const path = issue.path.map(String).join(".");
  const field = issue.code === "unrecognized_keys" ? (issue.keys[0] ?? path) : path || "input";
  const { en, pt } = hintOf(issue);
  return { code: "invalid-input", details: { field: field.slice(0, 100), hint: en, hintPt: pt } };
}

function hintOf(issue: z.core.$ZodIssue): Hint {
  switch (issue.code) {
    case "unrecognized_keys":
      return { en: "This field is not known.", pt: "Este campo não é conhecido." };
    case "too_small":
      return issue.origin === "string" || issue.origin === "array"
        ? {
            en: `At least ${issue.minimum} needed.`,
            pt: `São necessários ao menos ${issue.minimum}.`,
          }
        : { en: `At least ${issue.minimum}.`, pt: `No mínimo ${issue.minimum}.` };
    case "too_big":
      return { en: `At most ${issue.maximum}.`, pt: `No máximo ${issue.maximum}.` };
    case "invalid_type":
      return TYPES[issue.expected] ?? UNFIT;
    case "invalid_value":
      return {
        en: `One of: ${issue.values.map(String).join(", ")}.`.slice(0, 200),
        pt: `Um de: ${issue.values.map(String).join(", ")}.`.slice(0, 200),
      };
    default:
      return UNFIT;
  }
}

const UNFIT: Hint = { en: "Check how it is written.", pt: "Confira como está escrito." };

const INTEGER: Hint = {
  en: "A whole number is needed (money in centavos).",
  pt: "É preciso um número inteiro (dinheiro em centavos).",
};

const TYPES: Readonly<Record<string, Hint>> = {
  int: INTEGER,
  number: INTEGER,
  string: { en: "A text is needed.", pt: "É preciso um texto." },
  array: { en: "A list is needed.", pt: "É preciso uma lista." },
  boolean: { en: "Yes or no is needed.", pt: "É preciso sim ou não." },
  object: { en: "An object is needed.", pt: "É preciso um objeto." },
};
