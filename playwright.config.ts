import { defineConfig } from "@playwright/test";

// One file of tests/browser is one journey. Everything that it starts has ports and folders of its own.
export default defineConfig({
  testDir: "tests/browser",
  outputDir: "target/journeys",
  reporter: "list",
  fullyParallel: true,
  forbidOnly: process.env.CI === "true",
  // What passes at its second try is told at the end with its reason, but is no ground to refuse a build.
  retries: 1,
  workers: 2,
  // A slow machine is no fault of the app: these only end what hangs.
  timeout: 10 * 60_000,
  expect: { timeout: 180_000 },
  use: { actionTimeout: 90_000, navigationTimeout: 90_000 },
  projects: [{ name: "chromium" }],
});
