import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Owner } from '../../kernel/postgres/owner.js'

/** The ejabberd of the Debian package, which is found and started as it is, without its service. */
export interface EjabberdPackage {
  version: string
  /** For `ERL_LIBS`. */
  libraries: string
  /** The file with ejabberd’s tables for PostgreSQL. */
  schema: string
  /** Its user, as whom root starts it; undefined: we ourselves. */
  owner: Owner | undefined
}

const debian = { dpkg: '/usr/bin/dpkg', aptGet: '/usr/bin/apt-get', updateRc: '/usr/sbin/update-rc.d' }

/** The second is what ejabberd reaches PostgreSQL with; the first only suggests it. */
const packages = ['ejabberd', 'erlang-p1-pgsql']
const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...packages]
const byHand = `Install it with “${install.join(' ')}” as root on Debian or Ubuntu, then run this again.`

/**
 * Finds ejabberd; root gets it installed if it is missing, without its service.
 *
 * @throws Error one sentence that says how to install it
 */
export function requireEjabberd(say: (text: string) => void): EjabberdPackage {
  if (!packages.every((name) => installedVersion(name))) {
    if (process.geteuid?.() !== 0 || !existsSync(debian.aptGet))
      throw new Error(`The peer of these figures, ejabberd, is not installed. ${byHand}`)
    say(`installing ${packages.join(' and ')}, which stay installed`)
    withoutServices(installPackages)
  }
  const version = installedVersion('ejabberd')
  const files = execFileSync(debian.dpkg, ['-L', 'ejabberd'], { encoding: 'utf8' }).split('\n')
  const schema = files.find((file) => file.endsWith('/sql/pg.sql'))
  const programs = files.find((file) => /\/ejabberd-[^/]+\/ebin$/.test(file))
  if (!version || !schema || !programs)
    throw new Error(`This ejabberd package is not built as Debian’s, so it cannot be started. ${byHand}`)
  return { version, schema, libraries: dirname(dirname(programs)), owner: ejabberdUser() }
}

function installedVersion(name: string): string | undefined {
  if (!existsSync(debian.dpkg)) return undefined
  const { stdout } = spawnSync(debian.dpkg, ['--status', name], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  })
  return /^Status: .* installed$/m.test(stdout) ? /^Version: (.*)$/m.exec(stdout)?.[1] : undefined
}

function installPackages(): void {
  const apt = (args: string[]) =>
    spawnSync(debian.aptGet, args, { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  let done = apt(install.slice(1))
  // A machine as fresh as a container’s image has no lists yet.
  if (done.status !== 0 && apt(['update']).status === 0) done = apt(install.slice(1))
  if (done.status !== 0)
    throw new Error(`ejabberd could not be installed: ${done.stderr.trim().split('\n').at(-1)} ${byHand}`)
}

/** Debian asks this program before a package starts its service; 101 forbids it. */
const policy = '/usr/sbin/policy-rc.d'

function withoutServices(work: () => void): void {
  const present = existsSync(policy)
  if (present && spawnSync(policy, ['ejabberd', 'start']).status !== 101)
    throw new Error(`${policy} would let ejabberd’s service start while it is installed. ${byHand}`)
  if (!present) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    work()
  } finally {
    if (!present) rmSync(policy)
  }
  // Nor shall the next start of the machine bring up a server nobody asked for.
  spawnSync(debian.updateRc, ['ejabberd', 'disable'])
}

function ejabberdUser(): Owner | undefined {
  if (process.geteuid?.() !== 0) return undefined
  const account = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'ejabberd')
  if (!account) throw new Error(`ejabberd’s package has made no user “ejabberd”. ${byHand}`)
  return { uid: Number(account[2]), gid: Number(account[3]) }
}
