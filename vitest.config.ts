import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const never = ['**/node_modules/**', 'dist/**', '.data/**', '.cache/**', '.tiles/**', 'scripts/fixtures/**'];
const alone = ['e2e/**/*.alone.e2e.ts'];
const inBrowser = {
  include: ['e2e/**/*.e2e.ts'],
  exclude: never,
  // Above every wait in a test, so that a wait says what it waited for.
  testTimeout: 300_000,
  hookTimeout: 300_000,
};

/**
 * `unit` also holds the conformance suites: quick, run by `npm run check`. `integration` starts processes or takes
 * seconds. `e2e` drives a browser against the built client, two files at a time: one keeps two cores busy for two thirds
 * of its time. `e2e-alone` afterwards holds what measures how soon people see something, where nothing else may draw.
 */
export default defineConfig({
  plugins: [vue()],
  test: {
    allowOnly: false,
    passWithNoTests: false,
    maxWorkers: '100%',
    // A machine that builds or draws beside the tests may keep a socket waiting for seconds.
    expect: { poll: { timeout: 20_000, interval: 20 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...never, '**/*.integration.test.ts', 'e2e/**'],
          testTimeout: 60_000,
          // Many files in one process, in half the time. What a test changes outside our modules, it puts back.
          isolate: false,
          setupFiles: ['scripts/test/fresh.ts'],
          unstubGlobals: true,
          unstubEnvs: true,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude: [...never, 'e2e/**'],
          setupFiles: ['scripts/test/fresh.ts'],
          // Above every wait in a test, so that a wait says what it waited for.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          ...inBrowser,
          name: 'e2e',
          exclude: [...never, ...alone],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...inBrowser,
          name: 'e2e-alone',
          include: alone,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
