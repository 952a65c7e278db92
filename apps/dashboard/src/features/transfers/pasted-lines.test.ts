import { parseReais } from "@pacto/banking";
import { expect, it } from "vitest";
import { readPasted } from "./pasted-lines.ts";

const members = [
  { id: "azul", name: "Banco Azul", colour: "#0000aa", mark: "AZ" },
  { id: "ambar", name: "Banco Âmbar", colour: "#aa7700", mark: "AM" },
];
const read = (text: string) =>
  readPasted(text, members, (amount) => parseReais(amount, { locale: "pt-BR" }).ok);

it.each([
  ["azul/10001-3:200.00", "azul", "10001-3", "200.00"],
  ["Banco Âmbar;10002-1;R$ 1.500,00", "ambar", "10002-1", "R$ 1.500,00"],
  ["ambar\t10002-1\t7", "ambar", "10002-1", "7"],
  ["AZ/10001-3 12,50", "azul", "10001-3", "12,50"],
  ["Banco Azul/0001/10001-3  12,50", "azul", "10001-3", "12,50"],
  ["azul/10001-3", "azul", "10001-3", ""],
])("reads %s", (text, bank, number, amount) => {
  expect(read(text)).toEqual([{ text, amount, target: { kind: "account", bank, number } }]);
});

it.each([
  ["dora@example.com 12,34", "dora@example.com", "12,34"],
  ["+5511987654321;50", "+5511987654321", "50"],
  ["390.533.447-05", "390.533.447-05", ""],
  ["11.222.333/0001-81 10,00", "11.222.333/0001-81", "10,00"],
])("takes %s for a PIX key", (text, key, amount) => {
  expect(read(text)).toEqual([{ text, amount, target: { kind: "key", key } }]);
});

it("says what is wrong with a line and reads the others", () => {
  const text = "roxo/10001-3 5\nazul/10001-3;cinco\nazul/dez 5\nMaria 5\n\n azul/10001-3 5 ";
  expect(read(text).map((line) => ("problem" in line ? line.problem : "read"))).toEqual([
    "bank",
    "amount",
    "target",
    "target",
    "read",
  ]);
});
