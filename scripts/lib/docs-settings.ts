import { describeSettings, readSettings } from '../../apps/server/src/kernel/settings.js'
import { generated, table } from './docs-text.js'

/** `docs/settings.md`, from the settings' own descriptions. */
export function text(): string {
  const rows = describeSettings(readSettings({})).map(({ name, fallback, meaning }) => [
    `\`${name}\``,
    fallback === '' ? 'not set' : `\`${fallback}\``,
    meaning,
  ])
  return `# Settings

${generated('settings')}

Settings are environment variables. \`npx heyi config\` prints them with the values in force. A value that cannot be
right, or a name beginning with \`HEYI_\` that does not exist, stops the start with one sentence that names it. An empty
value counts as not set.

${table(['Setting', 'Default', 'Meaning'], rows)}

\`npm start -- --lan\` is short for \`HEYI_HOST=0.0.0.0\`, and \`npm start -- --port N\` for \`HEYI_PORT=N\`.
`
}
