import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    testTimeout: 60_000,
    // Also where there are but two processors, as they mostly wait.
    maxWorkers: 2,
    // What was tried is part of the result.
    disableConsoleIntercept: true,
  },
});
