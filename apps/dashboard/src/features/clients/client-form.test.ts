import { expect, it } from "vitest";
import { emptyContact, findContactProblems } from "./client-form.ts";

const whole = { ...emptyContact, name: "Padaria Pão Nosso" };

it("takes a contact with a name alone, and tells what is wrong with the rest", () => {
  expect(findContactProblems(whole).size).toBe(0);
  expect([...findContactProblems(emptyContact)]).toEqual(["name"]);
  const wrong = { ...whole, email: "a@b", postalCode: "0131010", state: "sp" };
  expect([...findContactProblems(wrong)]).toEqual(["email", "postalCode", "state"]);
  expect(findContactProblems({ ...whole, postalCode: "01310-100", state: "SP" }).size).toBe(0);
});

it("wants each representative with a name and a CPF that is one", () => {
  const by = (name: string, taxId: string) =>
    findContactProblems({ ...whole, representatives: [{ name, taxId, role: "" }] });
  expect(by("Ana Souza", "390.533.447-05").size).toBe(0);
  for (const [name, taxId] of [
    ["A", "390.533.447-05"],
    ["Ana Souza", "390.533.447-06"],
    ["Ana Souza", "12.ABC.345/01DE-35"],
  ] as const) {
    expect([...by(name, taxId)]).toEqual(["representatives"]);
  }
});
