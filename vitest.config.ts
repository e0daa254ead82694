import { defineConfig } from 'vitest/config';

const pure = ['test/**/*.test.ts'];
const outside = ['test/{rules,cli,live,browser}/**/*.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', './test/reporter.ts'],
    maxWorkers: 2,
    projects: [
      // The simulator keeps no state of its own between tests, so its files share a worker: most of the time is import.
      {
        test: {
          name: 'pure',
          include: pure,
          exclude: outside,
          pool: 'threads',
          isolate: false,
          // Laws try many networks, and CI has two slow cores.
          testTimeout: 60_000,
        },
      },
      // What starts other programs: checkers, the command line, kernels, a browser.
      {
        test: {
          name: 'outside',
          include: outside,
          pool: 'forks',
          globalSetup: 'test/global-setup.ts',
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
