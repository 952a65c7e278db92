import type { RefusalEntry } from "./entry.ts";

/** Who may act: signing in, sessions, roles. */
export const staffRefusals = {
  "sign-in-refused": {
    edge: "UNAUTHORIZED",
    en: "The e-mail, the password or the code is not right. Check them and try again; after five failures the sign-in rests for 15 minutes.",
    "pt-BR":
      "O e-mail, a senha ou o código não confere. Confira e tente de novo; depois de cinco erros a entrada fica suspensa por 15 minutos.",
  },
  "sign-in-locked": {
    edge: "TOO_MANY_REQUESTS",
    en: "Too many failures to sign in. Try again in {minutes} minutes, or ask whoever administers users.",
    "pt-BR":
      "Houve erros demais ao entrar. Tente de novo em {minutes} minutos ou fale com quem administra os usuários.",
  },
  "session-ended": {
    edge: "UNAUTHORIZED",
    en: "Your session has ended. Sign in again; what you typed is kept.",
    "pt-BR": "A sua sessão terminou. Entre de novo; o que você digitou foi guardado.",
  },
  "session-not-found": {
    edge: "NOT_FOUND",
    en: "This session is no longer open. Read the list again.",
    "pt-BR": "Esta sessão já não está aberta. Leia a lista de novo.",
  },
  "second-factor-needed": {
    edge: "PRECONDITION_FAILED",
    en: "A second factor is needed first. Finish signing in with the code of your authenticator app.",
    "pt-BR":
      "Falta o segundo fator. Conclua a entrada com o código do seu aplicativo autenticador.",
  },
  "password-weak": {
    edge: "BAD_REQUEST",
    en: "This password is easy to guess or well known. Use at least 12 characters, for instance four words that do not belong together.",
    "pt-BR":
      "Esta senha é conhecida ou fácil de adivinhar. Use ao menos 12 caracteres, por exemplo quatro palavras sem relação.",
  },
  "factor-enrolled": {
    edge: "CONFLICT",
    en: "A second factor is enrolled already. Whoever administers users can reset it.",
    "pt-BR": "Já há um segundo fator cadastrado. Quem administra os usuários pode refazê-lo.",
  },
  "not-signed-in": {
    edge: "UNAUTHORIZED",
    en: "Sign in to continue.",
    "pt-BR": "Entre para continuar.",
  },
  "not-allowed": {
    edge: "FORBIDDEN",
    en: "Your role may not do this. Ask a colleague who may.",
    "pt-BR": "Seu perfil não pode fazer isto. Peça a um colega que possa.",
  },
} as const satisfies Record<string, RefusalEntry>;
