import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config.ts";

/** Pictures of every page, for people to look at: `npm run screenshots`. Not a test. */
export default defineConfig({
  ...journeys,
  testMatch: "*.shots.ts",
  timeout: 900_000,
});
