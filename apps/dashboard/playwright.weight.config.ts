import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config.ts";

/** What the pages weigh and how quickly they answer, in figures: `npm run weight`. */
export default defineConfig({
  ...journeys,
  testMatch: "*.measure.ts",
  timeout: 5_400_000,
});
