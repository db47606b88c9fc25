/**
 * `npm run feel [-- --json] [-- --only scroll,open,…] [-- --messages N]`: measures in Chromium, against the built program with
 * the sample company and a conversation of 50,000 messages, what a person feels, and ends with 1 when something is over
 * its budget. Not a part of `npm test`: how long things take depends on the machine.
 */
import { prepare } from './lib/prepare.mjs'

await prepare()
const { tsImport } = await import('tsx/esm/api')
const { feel } = await tsImport('../e2e/feel/feel.ts', import.meta.url)
process.exitCode = await feel(process.argv.slice(2))
