/** What `pacto sign-in` says. */
export const signInInEnglish = {
  summary: "show what an invented member of staff types to sign in, code included",
  as: "person of the local consortium: ana, bruno, teller, supervisor, auditor, operator, admin, carla",
  bank: "Bank",
  email: "E-mail",
  password: "Password",
  code: "Code",
  validFor: (seconds: number) => `valid for ${seconds} s, once`,
  nobody: (person: string, bank: string, names: string) =>
    `Nobody at ${bank} is called "${person}". There are: ${names}.`,
};
