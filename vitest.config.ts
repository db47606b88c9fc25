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

// A journey mostly waits for frames and answers, so two of them share two cores; what it waits for may take a while.
const journey = { testTimeout: 180_000, hookTimeout: 120_000, maxWorkers: 2, expect: { poll: { timeout: 15_000 } } }

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
      project('journey', ['e2e/**/*.test.ts'], {
        ...journey,
        exclude: ['e2e/bundle.test.ts'],
        globalSetup: ['e2e/sample-setup.ts'],
      }),
      project('bundle-journey', ['e2e/bundle.test.ts'], journey),
    ],
  },
})
