import type { signInInEnglish } from "./english.ts";

/** O que `pacto sign-in` diz. */
export const signInInPortuguese: typeof signInInEnglish = {
  summary: "mostra o que uma pessoa inventada digita para entrar, inclusive o código",
  as: "pessoa do consórcio local: ana, bruno, teller, supervisor, auditor, operator, admin, carla",
  bank: "Banco",
  email: "E-mail",
  password: "Senha",
  code: "Código",
  validFor: (seconds: number) => `vale por ${seconds} s, uma vez`,
  nobody: (person: string, bank: string, names: string) =>
    `Ninguém em ${bank} se chama "${person}". Há: ${names}.`,
};
