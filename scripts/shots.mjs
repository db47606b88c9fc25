/**
 * `npm run shots [-- NAME …]`: takes the pictures in docs/screenshots anew, each screen of the sample company in four
 * variants, and ends with 1 when one is larger than 150 kB.
 */
import { prepare } from './lib/prepare.mjs'

await prepare()
const { tsImport } = await import('tsx/esm/api')
const { takeShots } = await tsImport('../e2e/shots/shots.ts', import.meta.url)
process.exitCode = await takeShots(process.argv.slice(2))
