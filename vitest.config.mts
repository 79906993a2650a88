import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts'],
    setupFiles: ['test/support/propertySeed.ts'],
    testTimeout: 20_000,
  },
});
