import { describe, expect, it } from "vitest";
import { EnvironmentError, readEnv } from "./env.ts";

const whole = {
  PACTO_BANK: "azul",
  PACTO_MANIFEST: "/manifest.json",
  PACTO_PRIVATE_KEY_FILE: "/key.pem",
  DATABASE_URL: "postgres://service:hidden@localhost/pacto_azul",
  PACTO_PORT: "3001",
  PACTO_SIGN_IN_SECRET_FILE: "/sign-in-secret",
};

describe("the environment of a node", () => {
  it("has defaults for what need not be said", () => {
    expect(readEnv(whole)).toMatchObject({
      PACTO_BANK: "azul",
      PACTO_PORT: 3001,
      PACTO_HOST: "127.0.0.1",
      PACTO_LOG_LEVEL: "info",
      PACTO_TRUSTED_PROXIES: "loopback",
    });
    expect(
      readEnv({ ...whole, PACTO_FIRST_STAFF_FILE: "" }).PACTO_FIRST_STAFF_FILE,
    ).toBeUndefined();
  });

  it("is refused with every problem named and no value shown", () => {
    const read = () =>
      readEnv({ ...whole, PACTO_BANK: "", PACTO_PORT: "x", DATABASE_URL: "mysql://u:hidden@h/d" });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(/PACTO_BANK[\s\S]*DATABASE_URL[\s\S]*PACTO_PORT/);
    expect(read).not.toThrow(/hidden/);
  });
});
