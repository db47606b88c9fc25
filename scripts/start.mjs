/** `npm start [-- --lan …]` and `npm run demo`: prepares the clone, then becomes the server, in this one process. */
import { pathToFileURL } from 'node:url'
import { prepare } from './lib/prepare.mjs'
import { at } from './lib/root.mjs'
import { deliverSignalsOnce, stopWithParent } from './lib/signals.mjs'

const args = process.argv.slice(2)
const command = args.includes('--demo') ? 'demo-serve' : 'serve'

await prepare()
deliverSignalsOnce()
stopWithParent()
const { main } = await import(pathToFileURL(at('dist', 'server', 'main.mjs')).href)
const code = await main([command, ...args.filter((arg) => arg !== '--demo')])
if (typeof code === 'number') process.exitCode = code
