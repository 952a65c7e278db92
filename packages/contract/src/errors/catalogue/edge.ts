import type { RefusalEntry } from "./entry.ts";

/** Before anything is looked at: form and load. */
export const edgeRefusals = {
  "invalid-input": {
    edge: "BAD_REQUEST",
    en: "{field}: this value is not accepted. {hint}",
    "pt-BR": "{field}: este valor não é aceito. {hintPt}",
  },
  "too-many-requests": {
    edge: "TOO_MANY_REQUESTS",
    en: "You asked bank {bank} for more than it does for one person at a time. Nothing was done: try again in {seconds} s.",
    "pt-BR":
      "Você pediu ao banco {bank} mais do que ele faz para uma pessoa de uma vez. Nada foi feito: tente de novo em {seconds} s.",
  },
  overloaded: {
    edge: "SERVICE_UNAVAILABLE",
    en: "Bank {bank} has more work than it can take now. Try again in a moment.",
    "pt-BR":
      "O banco {bank} está com mais trabalho do que pode atender. Tente de novo em instantes.",
  },
} as const satisfies Record<string, RefusalEntry>;
