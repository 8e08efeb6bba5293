import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** What the tests of every project begin with. */
const setupFiles = ['test/equal-arrays.ts']
/** How many displays `npm test` has made for windows (test/e2e/launch.ts). */
const displays = process.env['MADE_STUDIO_DISPLAYS']?.split(' ').length ?? 1

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [vue()],
        test: {
          name: 'unit',
          setupFiles,
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/packages/**', 'test/cluster/**'],
          environment: 'node',
          // By default one core is left free, which of two is half.
          maxWorkers: '100%',
          // Seconds, and minutes where others use the machine.
          testTimeout: 240_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        // The real application in the real Electron, one window on each display; seconds, and minutes where others use the machine.
        test: {
          name: 'e2e',
          setupFiles,
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: displays > 1,
          maxWorkers: displays,
          testTimeout: 480_000,
          hookTimeout: 240_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        // A real Slurm on this computer: `npm run test:cluster`.
        test: {
          name: 'cluster',
          setupFiles,
          include: ['test/cluster/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 240_000,
        },
      },
      {
        // What is installed, in roots and prefixes of its own where it can be: `npm run test:packages` packages it before.
        test: {
          name: 'packages',
          setupFiles,
          include: ['test/packages/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
    ],
  },
})
