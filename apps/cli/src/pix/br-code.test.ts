import { expect, test } from "vitest";
import { runPacto } from "../run-pacto.ts";

const SOUND =
  "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000" +
  "5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D";
const BROKEN = SOUND.replace("62070503***", "62190515RP12345678-2019");

function brCode(...words: string[]) {
  return runPacto(["pix", "brcode", ...words], {
    environment: { LANG: "en" },
    workingFolder: "/",
    repository: "/",
    progress: () => {},
  });
}

test("a BR Code is built and read again without any bank", async () => {
  const payee = ["--name", "Fulano de Tal", "--city", "Brasília", "--amount", "12.34"];
  const built = await brCode("build", "--key", "Fulano@example.com", ...payee);
  expect(built).toMatchObject({ exit: 0, stderr: "" });
  const read = await brCode("parse", built.stdout.trim(), "--json");
  expect(read.exit).toBe(0);
  expect(JSON.parse(read.stdout)).toMatchObject({
    brCode: { kind: "static", key: { type: "EMAIL", value: "fulano@example.com" } },
    violations: [],
  });
  expect((await brCode("build", ...payee)).exit).toBe(2);
});

test("the doctor calls a sound code sound", async () => {
  expect(await brCode("doctor", SOUND)).toMatchObject({ exit: 0, stderr: "" });
});

test("the doctor underlines what is wrong by bytes, and proposes a code that is sound", async () => {
  const told = await brCode("doctor", BROKEN, "--json");
  expect(told.exit).toBe(1);
  const { violations, text } = JSON.parse(told.stdout) as {
    violations: { rule: string; startByte: number; endByte: number }[];
    text: string;
  };
  const txid = violations.find(({ rule }) => rule === "txid");
  expect(BROKEN.slice(txid?.startByte, txid?.endByte)).toBe("RP12345678-2019");
  expect((await brCode("doctor", text)).exit).toBe(0);
  const lines = (await brCode("doctor", BROKEN)).stdout.split("\n");
  expect(lines.some((line) => /^ +\^{15}$/.test(line))).toBe(true);
});
