import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import encodeQr from "qr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runPacto } from "../run-pacto.ts";

const SOUND =
  "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000" +
  "5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D";
const BROKEN = SOUND.replace("62070503***", "62190515RP12345678-2019");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pacto-qr-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Pixels of a code, `scale` to a module; what is light is left transparent. */
function picture(text: string, scale: number) {
  const rows = encodeQr(text, "raw", { border: 4, scale });
  const [width, height] = [rows[0]?.length ?? 0, rows.length];
  const data = Buffer.from(rows.flatMap((row) => row.flatMap((dark) => [0, 0, 0, dark ? 255 : 0])));
  return { width, height, data };
}

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

test("a code is drawn as a QR code, and read again from a picture of it", async () => {
  const svg = join(folder, "code.svg");
  const built = await brCode("build", "--key", "fulano@example.com", "--name", "F", "--city", "C");
  const code = built.stdout.trim();
  const payee = ["--key", "fulano@example.com", "--name", "F", "--city", "C"];
  const drawn = await brCode("build", ...payee, "--qr", "--svg", svg);
  expect(drawn).toMatchObject({ exit: 0, stderr: "" });
  expect(drawn.stdout).toMatch(/[█▀▄]{20}/u);
  expect(await readFile(svg, "utf8")).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);

  const { width, height, data } = picture(code, 4);
  const png = new PNG({ width, height });
  png.data = data;
  await writeFile(join(folder, "code.png"), PNG.sync.write(png));
  const white = Buffer.from(
    data.map((value, at) => (at % 4 === 3 ? 255 : 255 - (data[at - (at % 4) + 3] ?? 0) + value)),
  );
  await writeFile(join(folder, "code.jpg"), jpeg.encode({ width, height, data: white }, 80).data);
  for (const file of ["code.png", "code.jpg"]) {
    const read = await brCode("parse", "--image", join(folder, file), "--json");
    expect(read, read.stderr).toMatchObject({ exit: 0 });
    expect(JSON.parse(read.stdout)).toMatchObject({ text: code, violations: [] });
  }
  await writeFile(join(folder, "text.png"), "no picture");
  expect((await brCode("doctor", "--image", join(folder, "text.png"))).exit).toBe(2);
  expect((await brCode("parse", code, "--image", join(folder, "code.png"))).exit).toBe(2);
});
