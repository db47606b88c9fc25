import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const fast = ['packages/**/*.test.{ts,tsx}', 'apps/**/rules*.test.ts', 'apps/**/*.unit.test.{ts,tsx}']
const slowMs = 60_000
// Makes the template database once per run and hands its address to the tests.
const serverSetup = 'apps/server/test/global-setup.ts'

const project = (name: string, include: string[], test: object = {}) => ({
  extends: true as const,
  test: { name, include, exclude: ['**/node_modules/**', '**/dist/**'], ...test },
})

// A journey drives one browser and one server: two at a time on two cores make each other's clocks slip.
const journey = { testTimeout: 180_000, hookTimeout: 120_000, fileParallelism: false, maxWorkers: 1 }

export default defineConfig({
  test: {
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: slowMs,
    slowTestThreshold: 5_000,
    passWithNoTests: true,
    projects: [
      project('fast', fast),
      project('unit', ['{packages,apps}/**/*.test.{ts,tsx}'], {
        maxWorkers: 2,
        globalSetup: existsSync(serverSetup) ? [serverSetup] : [],
      }),
      project('journey', ['e2e/**/*.test.ts'], { ...journey, exclude: ['e2e/bundle.test.ts'] }),
      project('bundle-journey', ['e2e/bundle.test.ts'], journey),
    ],
  },
})
