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
  "password-change-needed": {
    edge: "PRECONDITION_FAILED",
    en: "Somebody else chose your password. Choose one of your own first.",
    "pt-BR": "Outra pessoa escolheu a sua senha. Escolha antes uma só sua.",
  },
  "staff-not-found": {
    edge: "NOT_FOUND",
    en: "Nobody on the staff of bank {bank} is known by this. Search the list again.",
    "pt-BR": "Ninguém da equipe do banco {bank} é conhecido por isto. Procure de novo na lista.",
  },
  "staff-known": {
    edge: "CONFLICT",
    en: "Somebody with this e-mail is on the staff already. Search for them in the list.",
    "pt-BR": "Já há na equipe alguém com este e-mail. Procure a pessoa na lista.",
  },
  "staff-changed": {
    edge: "CONFLICT",
    en: "This person is not as you saw them any more. Read the list again and ask anew.",
    "pt-BR": "Esta pessoa já não está como você a viu. Leia a lista de novo e refaça o pedido.",
  },
  "staff-suspended": {
    edge: "PRECONDITION_FAILED",
    en: "This person is suspended. Reinstate them first.",
    "pt-BR": "Esta pessoa está suspensa. Readmita-a antes.",
  },
  "staff-not-enrolled": {
    edge: "PRECONDITION_FAILED",
    en: "This person has not finished signing in for the first time. Roles are given once they have a password and a second factor of their own.",
    "pt-BR":
      "Esta pessoa ainda não concluiu a primeira entrada. As funções são dadas quando ela tiver senha e segundo fator próprios.",
  },
  "own-account": {
    edge: "FORBIDDEN",
    en: "This is about yourself, so another person who administers users has to do it.",
    "pt-BR": "Isto é sobre você, então outra pessoa que administra os usuários precisa fazê-lo.",
  },
  "factor-missing": {
    edge: "PRECONDITION_FAILED",
    en: "This person has no second factor. They enrol one when they sign in next.",
    "pt-BR": "Esta pessoa não tem segundo fator. Ela cadastra um na próxima entrada.",
  },
  "reset-by-another": {
    edge: "FORBIDDEN",
    en: "You reset the other half of this person's sign-in, and they have not been back since. Another person who administers users has to do this one.",
    "pt-BR":
      "Você refez a outra metade da entrada desta pessoa, e ela ainda não voltou. Outra pessoa que administra os usuários precisa fazer esta.",
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
