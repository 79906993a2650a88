import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './tools/vscodeHost/chromium';

const executablePath = findChromium();

// biome-ignore lint/style/noDefaultExport: Playwright reads the default export.
export default defineConfig({
  outputDir: 'out/test/playwright',
  reporter: [['list']],
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  projects: [
    {
      name: 'page',
      testDir: 'test/page',
      timeout: 30_000,
      // Charts of a hundred runs take their time where other work runs beside.
      expect: { timeout: 12_000 },
      use: {
        viewport: { width: 1200, height: 800 },
        launchOptions: { args: chromiumArgs, ...(executablePath && { executablePath }) },
        trace: 'retain-on-failure',
      },
    },
    {
      // One window at a time: each is a whole VS Code.
      name: 'e2e',
      testDir: 'test/e2e',
      workers: 1,
      // A whole VS Code has hiccups of its own. What passes only then is reported as unsteady.
      retries: 1,
      fullyParallel: false,
      timeout: 120_000,
      expect: { timeout: 12_000 },
      // Not traced: the recorder keeps VS Code's service worker from loading webviews. The fixture
      // attaches a picture of the window instead.
      use: { trace: 'off' },
    },
    {
      // What users install, in a window of its own.
      name: 'package',
      testDir: 'test/package',
      workers: 1,
      timeout: 120_000,
      expect: { timeout: 12_000 },
      use: { trace: 'off' },
    },
  ],
});
