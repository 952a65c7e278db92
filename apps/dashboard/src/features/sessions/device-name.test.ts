import { describe, expect, it } from "vitest";
import { deviceName } from "./device-name.ts";

describe("the name of a device", () => {
  it("is browser and system, whatever else a browser says that it is like", () => {
    const like = "(KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36";
    expect(deviceName(`Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 ${like}`)).toEqual({
      browser: "Chrome",
      system: "Linux",
    });
    expect(
      deviceName(`Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 ${like} Edg/149.0`),
    ).toEqual({ browser: "Edge", system: "Windows" });
    expect(
      deviceName(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Safari/604.1",
      ),
    ).toEqual({ browser: "Safari", system: "iPhone" });
  });

  it("is the program's own where it is no browser, and nothing where nothing was said", () => {
    expect(deviceName("pacto-cli/0.1.0")).toEqual({ browser: "pacto-cli", system: null });
    expect(deviceName(" ")).toBeNull();
    expect(deviceName(null)).toBeNull();
  });
});
