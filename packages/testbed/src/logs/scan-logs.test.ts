import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { demandCleanLogs } from "./demand-clean-logs.ts";
import { scanLogs, secretsIn } from "./scan-logs.ts";

it.each([
  ["cpf", "client 39053344705 came"],
  ["cpf", '{"taxId":"390.533.447-05"}'],
  ["cnpj", "12.ABC.345/01DE-35"],
  ["email", "sent to ana.souza@example.com"],
  ["phone", "+5511987654321"],
  ["token", "authorization: Bearer 0123456789abcdef0123"],
  ["token", "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ0MSJ9.c2lnbmF0dXJl"],
  ["private-key", ["-----BEGIN PRIVATE", "KEY-----"].join(" ")],
  ["password", "postgres://bank:hunter2@127.0.0.1/azul"],
])("finds a %s in a log", (what, line) => {
  expect(secretsIn(line)).toContain(what);
});

it.each([
  '{"level":"info","time":"2026-11-30T12:00:00.000Z","bank":"azul","msg":"the bank is open"}',
  "transfer 01a22eab-f46b-76a0-80d4-6b7e1b9b4d5e of 12345678901 centavos",
  "postgres://bank:[secret]@127.0.0.1/azul, bearer [secret], [tax-id], ***.533.447-**",
  "    at file:///app/node_modules/@trpc/server/dist/index.mjs:344:18",
])("leaves alone what identifies nobody: %s", (line) => {
  expect(secretsIn(line)).toEqual([]);
});

it("names file, line and kind below a folder, and secrets to the letter", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pacto-logs-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "azul"));
  await writeFile(join(folder, "azul", "node.log"), "fine\nfor ana@example.com\nopen sesame\n");
  await writeFile(join(folder, "note.txt"), "39053344705\n");
  const file = join("azul", "node.log");
  expect(await scanLogs(folder, ["open sesame"])).toEqual([
    { file, line: 2, what: "email" },
    { file, line: 3, what: "token" },
  ]);
});

it("takes a consortium's own secrets for what they are, wherever they were kept", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pacto-logs-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const password = "q7Zt0vXn3kHs9LwY2bRm5cDf8gJp1aTe";
  await mkdir(join(folder, "azul"));
  await writeFile(join(folder, "azul", "database-passwords.json"), JSON.stringify({ password }));
  await writeFile(join(folder, "azul", "node.log"), "the bank is open\n");
  await demandCleanLogs(folder);
  await writeFile(join(folder, "azul", "node.log"), `fine\nsigned in with ${password}\n`);
  await expect(demandCleanLogs(folder)).rejects.toThrow(/holds a token: azul.node\.log, line 2/);
});
