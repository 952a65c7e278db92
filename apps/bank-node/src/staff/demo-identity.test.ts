import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { authenticate } from "./authenticate.ts";
import { loadDemoIdentity } from "./demo-identity.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";

async function tokenFile(text: string, mode = 0o600): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pacto-token-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "demo-token");
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}

describe("the demo identity", () => {
  it("knows the holder of the token and nobody else", async () => {
    const sources = [await loadDemoIdentity(await tokenFile(`${TOKEN}\n`), "azul")];
    expect(await authenticate({ authorization: `Bearer ${TOKEN}` }, sources)).toMatchObject({
      kind: "staff",
      homeBank: "azul",
      roles: expect.arrayContaining(["teller", "operator"]),
    });
    const strangers = [undefined, "", TOKEN, `Bearer ${TOKEN}0`, `Bearer ${TOKEN.slice(1)}`];
    for (const header of [...strangers, "Bearer ", `bearer ${TOKEN}`]) {
      expect(await authenticate({ authorization: header }, sources)).toEqual({ kind: "anonymous" });
    }
    expect(await authenticate({ authorization: `Bearer ${TOKEN}` }, [])).toEqual({
      kind: "anonymous",
    });
  });

  it("tells the persons apart that a request names, so that two can be asked for", async () => {
    const sources = [await loadDemoIdentity(await tokenFile(TOKEN), "azul")];
    const who = (person?: string | string[]) => {
      const named = person === undefined ? {} : { "pacto-demo-person": person };
      return authenticate({ authorization: `Bearer ${TOKEN}`, ...named }, sources);
    };
    expect([await who(), await who("ana"), await who("bruno")]).toMatchObject([
      { id: "demo" },
      { id: "demo-ana" },
      { id: "demo-bruno" },
    ]);
    for (const odd of ["", "Ana", "ana 2", "a".repeat(21), "ana\n", ["ana", "bruno"]]) {
      expect(await who(odd)).toEqual({ kind: "anonymous" });
    }
    const stranger = { authorization: `Bearer ${TOKEN}0`, "pacto-demo-person": "ana" };
    expect(await authenticate(stranger, sources)).toEqual({ kind: "anonymous" });
  });

  it("refuses a token that others can read, or that can be guessed", async () => {
    await expect(loadDemoIdentity(await tokenFile(TOKEN, 0o644), "azul")).rejects.toThrow(/600/);
    await expect(loadDemoIdentity(await tokenFile("short"), "azul")).rejects.toThrow(/32/);
  });
});
