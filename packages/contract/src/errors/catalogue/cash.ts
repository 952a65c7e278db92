import type { RefusalEntry } from "./entry.ts";

/** Cash: drawers, the vault, withdrawals. */
export const cashRefusals = {
  "drawer-not-open": {
    edge: "PRECONDITION_FAILED",
    en: "You have no open drawer. Open your drawer first.",
    "pt-BR": "Você não tem um caixa aberto. Abra o seu caixa antes.",
  },
  "drawer-open": {
    edge: "PRECONDITION_FAILED",
    en: "Your drawer is already open. Close it before you open it again.",
    "pt-BR": "O seu caixa já está aberto. Feche-o antes de abri-lo de novo.",
  },
  "receiving-drawer-not-open": {
    edge: "PRECONDITION_FAILED",
    en: "The other teller has no open drawer, or it is your own. Choose a colleague whose drawer is open.",
    "pt-BR":
      "O outro atendente não tem um caixa aberto, ou é o seu próprio. Escolha um colega com o caixa aberto.",
  },
  "drawer-short": {
    edge: "PRECONDITION_FAILED",
    en: "There is not enough cash in your drawer. Ask for more from the vault or a colleague.",
    "pt-BR": "Não há dinheiro bastante no seu caixa. Peça mais ao cofre ou a um colega.",
  },
  "vault-short": {
    edge: "PRECONDITION_FAILED",
    en: "There is not enough cash in the vault. Supply the vault first.",
    "pt-BR": "Não há dinheiro bastante no cofre. Abasteça o cofre antes.",
  },
  "withdrawal-too-large": {
    edge: "PRECONDITION_FAILED",
    iso: "AM02",
    en: "One withdrawal hands out at most {limitCentavos}. Use a transfer for more.",
    "pt-BR": "Um saque entrega no máximo {limitCentavos}. Para mais, use uma transferência.",
  },
} as const satisfies Record<string, RefusalEntry>;
