/** Variables of the command line, which a server does not know and must not take for misspelt settings. */
const clientNames = new Set(['HEYI_TOKEN', 'HEYI_URL'])

export const serverEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !clientNames.has(name)))
