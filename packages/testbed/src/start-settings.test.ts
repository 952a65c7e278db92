import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readStartSettings, UsageError } from "./start-settings.ts";

const read = (argv: readonly string[], environment: Record<string, string> = {}) =>
  readStartSettings(argv, environment, "/repository");

describe("settings of npm start", () => {
  it("have defaults inside the repository", () => {
    expect(read([])).toEqual({
      consortium: {
        manifest: "/repository/consortium/brasil.json",
        dataDir: "/repository/.pacto",
        port: 3000,
      },
      wantsDashboard: true,
      wantsDemo: false,
    });
  });

  it("come from the environment, where an empty variable is none", () => {
    const { consortium } = read([], {
      PACTO_DATA_DIR: "data",
      PACTO_CONSORTIUM: "/etc/pacto.json",
      PACTO_PORT: "4000",
      PACTO_DATABASE_URL: "",
    });
    expect(consortium).toEqual({
      manifest: "/etc/pacto.json",
      dataDir: resolve("data"),
      port: 4000,
    });
  });

  it("fill the banks with invented people when asked to", () => {
    expect(read(["--demo"])).toMatchObject({ wantsDemo: true });
  });

  it("name the banks to start", () => {
    expect(read(["--only", "azul, verde", "--no-dashboard"])).toMatchObject({
      consortium: { banks: ["azul", "verde"] },
      wantsDashboard: false,
    });
  });

  it.each([["--onyl"], ["azul"]])("refuse %s and show the usage", (argument) => {
    expect(() => read([argument])).toThrow(/Usage: npm start -- \[--only/);
  });

  it.each(["0", "70000", "65500", "3000x", "-1", "1e3"])("refuse the port %s", (port) => {
    expect(() => read([], { PACTO_PORT: port })).toThrow(UsageError);
  });

  it("refuse a database address without repeating its password", () => {
    const attempt = () => read([], { PACTO_DATABASE_URL: "mysql://root:secret@db/x" });
    expect(attempt).toThrow("PACTO_DATABASE_URL must be like");
    expect(attempt).not.toThrow("secret");
  });
});
