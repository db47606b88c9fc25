#!/usr/bin/env node
/** `npx heyi …`: prepares the clone if that is needed, saying so on stderr only, then is the command line. */
import { pathToFileURL } from 'node:url'
import { prepare } from './lib/prepare.mjs'
import { at } from './lib/root.mjs'
import { deliverSignalsOnce } from './lib/signals.mjs'

await prepare()
deliverSignalsOnce()
const { main } = await import(pathToFileURL(at('dist', 'cli', 'main.mjs')).href)
const code = await main(process.argv.slice(2))
if (typeof code === 'number') process.exitCode = code
