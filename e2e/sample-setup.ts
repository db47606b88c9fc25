import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startProgram } from './program.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The data folder of a program that made the sample company and was stopped; each file of journeys copies it. */
    sampleFolder: string
  }
}

/** Makes the sample company once: a new database and its first messages take longer than a copy of them. */
export default async function setUp(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'heyi-sample-company-'))
  const program = await startProgram(folder, { args: ['--demo'] })
  await program.stop()
  project.provide('sampleFolder', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
