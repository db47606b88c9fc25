/**
 * `npx heyi …`. The operator's commands are done by the built server (`operator.ts`), those of a member by the client
 * (`member.ts`); here are only their words. Everything is loaded when its command is called.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { exitCodes, type Output, printError } from './output.js'
import { root } from './root.js'

/** @returns the exit code; undefined where the program goes on, as a server */
export async function main(
  argv: string[],
  streams: Pick<Output, 'stdout' | 'stderr'> = process,
): Promise<number | undefined> {
  const { words, json } = withoutJson(argv)
  const output: Output = { json, stdout: streams.stdout, stderr: streams.stderr }
  let code: number | undefined = exitCodes.ok
  const program = describe(output, (done) => {
    code = done
  })
  try {
    await program.parseAsync(words, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return usage(output, error)
    printError(output, error)
    return exitCodes.failed
  }
}

/** `--json` may stand anywhere before `--`. */
function withoutJson(argv: string[]): { words: string[]; json: boolean } {
  const end = argv.indexOf('--')
  const own = end < 0 ? argv : argv.slice(0, end)
  const rest = end < 0 ? [] : argv.slice(end)
  return { json: own.includes('--json'), words: [...own.filter((word) => word !== '--json'), ...rest] }
}

function usage(output: Output, error: CommanderError): number {
  // Help and version were asked for and are printed already.
  if (error.exitCode === 0) return exitCodes.ok
  if (output.json)
    printError(output, Object.assign(new Error(error.message.replace(/^error: /, '')), { code: 'usage' }))
  return exitCodes.usage
}

type Done = (code: number | undefined) => void

function describe(output: Output, done: Done): Command {
  const program = new Command('heyi')
    .description(
      'Heyi 合一: serve, keep and use an installation. Settings are environment variables; heyi config lists them.',
    )
    .version(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version, '--version')
    .option('--json', 'exactly one JSON value on stdout, errors as JSON on stderr')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.stdout.write(text),
      writeErr: (text) => {
        if (!output.json) output.stderr.write(text)
      },
    })
  serving(program, output, done)
  companies(program, output, done)
  keeping(program, output, done)
  membership(program, output, done)
  return program
}

const operator = () => import('./operator.js')
const member = () => import('./member.js')

function serving(program: Command, output: Output, done: Done): void {
  program
    .command('serve')
    .description('start the server (npm start does the same)')
    .option('--lan', 'listen on the network, over HTTPS')
    .option('--port <port>', 'listen on this port')
    .action(async ({ lan, port }: { lan?: boolean; port?: string }) => {
      const words = [...(lan ? ['--lan'] : []), ...(port === undefined ? [] : ['--port', port])]
      done(await (await operator()).serve(words))
    })
  const plain = {
    doctor: 'look for what is wrong, and say what to do',
    config: 'list every setting: meaning, default, present value',
  }
  for (const [name, description] of Object.entries(plain))
    program
      .command(name)
      .description(description)
      .action(async () => done(await (await operator()).operate(output, name, {})))
  program
    .command('demo')
    .description(
      'what an integrator needs of the sample company (made if needed, in ./demo-data unless HEYI_DATA is set)',
    )
    .action(async () => done(await (await operator()).operate(output, 'demo', {})))
  program
    .command('bench')
    .description('measure; --only NAME,… --peers --json')
    .allowUnknownOption()
    .allowExcessArguments()
    .helpOption(false)
    .argument('[words...]')
    .action(async (words: string[]) =>
      done(await (await operator()).bench([...words, ...(output.json ? ['--json'] : [])])),
    )
}

function companies(program: Command, output: Output, done: Done): void {
  const act = async (name: string, args: object) => done(await (await operator()).operate(output, name, args))
  const located = (command: Command) =>
    command
      .option('--locale <locale>', 'zh-CN or en', 'zh-CN')
      .option('--time-zone <zone>', 'IANA name', 'Asia/Shanghai')

  const tenant = program.command('tenant').description('the companies of this installation')
  tenant.command('list').action(() => act('tenant list', {}))
  located(tenant.command('create').argument('<name>').requiredOption('--owner-account <account>', 'whom it belongs to'))
    .option('--owner-name <name>')
    .action((name: string, options: object) => act('tenant create', { name, ...options }))
  tenant
    .command('suspend')
    .description('end its sessions and let nobody in; nothing is lost')
    .argument('<tenant>', 'id or name')
    .action((id: string) => act('tenant suspend', { tenant: id }))
  tenant
    .command('resume')
    .argument('<tenant>', 'id or name')
    .action((id: string) => act('tenant resume', { tenant: id }))
  tenant
    .command('delete')
    .description('delete a suspended company with everything in it, for good')
    .argument('<tenant>', 'id or name')
    .requiredOption('--name <name>', 'its name, to be sure')
    .action((id: string, { name }: { name: string }) => act('tenant delete', { tenant: id, name }))

  const jobs = program.command('jobs').description('work in the background that failed for good')
  jobs.command('list').action(() => act('jobs list', {}))
  jobs
    .command('retry')
    .argument('<job>', 'id from the list')
    .action((job: string) => act('jobs retry', { job }))

  const admin = program.command('admin').description('who keeps a company')
  located(
    admin
      .command('create')
      .description('another owner, by a one-time link; on an empty installation the company too')
      .argument('<account>'),
  )
    .option('--name <name>', 'of the person')
    .option('--company <name>', 'of the company, where there is none yet')
    .option('--tenant <tenant>', 'id or name, where there are several')
    .action((account: string, options: object) => act('admin create', { account, ...options }))
  admin
    .command('reset')
    .description('a one-time link with which somebody chooses a new password')
    .argument('<login>', 'account, phone or mail address')
    .action((login: string) => act('admin reset', { login }))
}

function keeping(program: Command, output: Output, done: Done): void {
  program
    .command('backup')
    .description('everything of one moment in one file, while the server goes on')
    .argument('[file]', 'default: backups/heyi-TIME.heyi in the data folder')
    .action(async (file?: string) =>
      done(await (await operator()).operate(output, 'backup', file === undefined ? {} : { file })),
    )
  program
    .command('restore')
    .description('fill an empty installation from a backup')
    .argument('<file>')
    .action(async (file: string) => done(await (await operator()).operate(output, 'restore', { file })))
  program
    .command('digest')
    .description('a digest of all data, equal before a backup and after its restore')
    .action(async () => done(await (await operator()).operate(output, 'digest', {})))
}

function membership(program: Command, output: Output, done: Done): void {
  const url = ['--url <url>', 'of the server; default: HEYI_URL, else where it runs on this machine'] as const
  program
    .command('login')
    .description('sign in; the password is asked for, or read from stdin')
    .argument('<login>', 'account, phone or mail address')
    .option(...url)
    .action(async (login: string, options: { url?: string }) =>
      done(await (await member()).login(output, login, options)),
    )
  program
    .command('send')
    .description('send a text as whoever signed in (or HEYI_TOKEN)')
    .requiredOption('--to <login|conversation>', 'account, name or id of somebody, or a conversation')
    .option(...url)
    .argument('<text>', '- reads it from stdin')
    .action(async (text: string, options: { to: string; url?: string }) =>
      done(await (await member()).send(output, text, options)),
    )
  program
    .command('tail')
    .description('follow messages as they come; with --json one a line')
    .argument('[conversation]')
    .option('--count <n>', 'end after so many', Number)
    .option(...url)
    .action(async (conversation: string | undefined, options: { count?: number; url?: string }) =>
      done(await (await member()).tail(output, conversation, options)),
    )
}
