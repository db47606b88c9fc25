import type { LocaleName } from '@heyi/contract/common'
import type { z } from 'zod'
import type { WriteCtx } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { addJob, type JobRun } from '../../kernel/jobs.js'
import { createLink } from './links.js'
import { chooseMembership, foldLogin, mailLinkMs, mailThrottle } from './rules.js'
import type { IdentityState } from './state.js'
import * as store from './store.js'
import { countOne } from './throttling.js'

export const mailJob = 'identity.mailPasswordLink'
/** A mail server that hangs must not outlive the transaction of the job (30 s). */
const patienceMs = 8_000

/** Says the same, and takes as long, whether anybody has this login: a job looks. */
export async function requestPasswordLink(
  { kernel }: IdentityState,
  ctx: WriteCtx,
  input: { login: string },
): Promise<Record<string, never>> {
  if (kernel.settings.SMTP_URL === null) throw fail('unavailable')
  const login = foldLogin(input.login).value
  await countOne(kernel, ctx.db, `mail ${login}`, mailThrottle)
  await countOne(kernel, ctx.db, `mail from ${ctx.origin.address}`, { ...mailThrottle, free: 30 })
  await addJob(ctx.db, ctx.clock, { kind: mailJob, data: { login } })
  return {}
}

/** Makes the link and mails it to the address the person signs in with, if there is one and they may come in. */
export async function mailPasswordLink({ kernel }: IdentityState, { tx, data }: JobRun): Promise<void> {
  const { login } = data as { login: string }
  const known = await store.findCredentials(tx, login)
  const to = known && (await store.listLogins(tx, known.personId)).find(({ kind }) => kind === 'email')?.value
  const memberships = known ? await store.listMemberships(tx, known.personId) : []
  if (!known || !to || !memberships.some((m) => m.state !== 'disabled' && m.tenantState === 'active')) return
  const tenantId = memberships.some((m) => m.state === 'active')
    ? chooseMembership(memberships).tenantId
    : (memberships[0]?.tenantId ?? null)
  const tenant = tenantId ? await store.findTenant(tx, tenantId) : undefined
  const { url } = await createLink(kernel, tx, known.personId, tenantId, mailLinkMs)
  await send(kernel.settings, to, letter(tenant?.locale ?? 'en', url, tenant?.name ?? 'Heyi'))
}

export interface Letter {
  subject: string
  text: string
}

/** Hands a letter to the mail server; does nothing where there is none. @throws where it is refused */
export async function send(settings: IdentityState['kernel']['settings'], to: string, letter: Letter): Promise<void> {
  if (settings.SMTP_URL === null || settings.SMTP_FROM === null) return
  const { createTransport } = await import('nodemailer')
  const { protocol, hostname, port, username, password } = new URL(settings.SMTP_URL)
  const secure = protocol === 'smtps:'
  const transport = createTransport({
    host: hostname,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  })
  await transport.sendMail({ from: settings.SMTP_FROM, to, ...letter })
}

const letters: Record<z.infer<typeof LocaleName>, (url: string, company: string) => Letter> = {
  'zh-CN': (url, company) => ({
    subject: '设置新密码',
    text: `有人（希望是你）为 ${company} 的账号申请了新密码。请在一小时内打开这个链接设置：\n\n${url}\n\n链接只能使用一次。如果不是你申请的，忽略这封邮件即可，你的密码没有变。\n`,
  }),
  en: (url, company) => ({
    subject: 'Choose a new password',
    text: `Somebody, hopefully you, asked for a new password at ${company}. Open this link within an hour to choose it:\n\n${url}\n\nIt works once. If it was not you, ignore this mail; your password has not changed.\n`,
  }),
}
const letter = (locale: z.infer<typeof LocaleName>, url: string, company: string): Letter =>
  letters[locale](url, company)
