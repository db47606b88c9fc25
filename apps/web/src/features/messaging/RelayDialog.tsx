import { limits } from '@heyi/contract/limits'
import type { RelayBody, RelayLine } from '@heyi/contract/messaging'
import { Button } from '@heyi/ui/Button'
import { Dialog, FormDialog } from '@heyi/ui/Dialog'
import { TextField } from '@heyi/ui/Field'
import { Skeleton } from '@heyi/ui/Skeleton'
import { toast } from '@heyi/ui/toast'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, usePages } from '../../app/data'
import { copyText } from '../../app/device'
import { errorMessage } from '../../app/errors'
import styles from './Cards.module.css'
import { calledIn } from './conversation'
import { RelayLines } from './RelayLines'

interface Props {
  conversation: string
  seq: number
  body: RelayBody
  onClose: () => void
}

/** All of a relay list, to be read and taken along as text. */
export function RelayDialog({ conversation, seq, body, count, onClose }: Props & { count: number }) {
  const { t } = useTranslation()
  const client = useClient()
  const [busy, run] = useAction()
  const page = useCallback(
    (cursor: string | null) =>
      client.call('messaging.listRelayLines', { conversation, seq, cursor, limit: limits.pageSize }),
    [client, conversation, seq],
  )
  const pages = usePages(page)
  const copy = () =>
    void run(async () => {
      const all: RelayLine[] = []
      let cursor: string | null = null
      do {
        const { items, next }: { items: RelayLine[]; next: string | null } = await page(cursor)
        all.push(...items)
        cursor = next
      } while (cursor !== null)
      const names = await namesOf(client, conversation, all)
      await copyText(
        [
          body.title,
          ...(body.example ? [t('relay.exampleLine', { text: body.example })] : []),
          ...all.map(({ id, text }, index) => `${index + 1}. ${names.get(id) ?? ''} ${text}`),
        ].join('\n'),
      )
      toast(t('relay.copied'))
    })
  return (
    <Dialog
      title={t('relay.list')}
      onClose={onClose}
      footer={
        <Button look="primary" size="l" busy={busy} onClick={copy}>
          {t('relay.copy')}
        </Button>
      }
    >
      <div className={styles.title}>{body.title}</div>
      <p className={styles.faint}>{t('relay.count', { count })}</p>
      {pages.items.length === 0 && pages.loading && <Skeleton rows={4} />}
      {pages.error !== null && <p role="alert">{errorMessage(pages.error)}</p>}
      <RelayLines lines={pages.items} />
      {!pages.done && pages.items.length > 0 && (
        <button type="button" className={styles.more} onClick={pages.more}>
          {t('relay.more', { count: Math.max(1, count - pages.items.length) })}
        </button>
      )}
    </Dialog>
  )
}

type Heyi = ReturnType<typeof useClient>

/** What everybody in it is called here, asked for in pages. */
async function namesOf(client: Heyi, conversation: string, lines: readonly RelayLine[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (let from = 0; from < lines.length; from += limits.profilesPerCall) {
    const ids = lines.slice(from, from + limits.profilesPerCall).map(({ id }) => id)
    const { items } = await client.call('directory.listProfiles', { ids })
    for (const { id, name } of items) names.set(id, calledIn(client, conversation, id) || name)
  }
  return names
}

/** My line: written, changed, taken out. */
export function RelayLineDialog({ conversation, seq, body, line, onClose }: Props & { line: string | null }) {
  const { t } = useTranslation()
  const client = useClient()
  const [text, setText] = useState(line ?? '')
  const [busy, run] = useAction()
  const save = (next: string | null) =>
    void run(async () => {
      await client.writeLine(conversation, seq, next)
      onClose()
    })
  return (
    <FormDialog
      title={body.title}
      size="s"
      onClose={onClose}
      onSubmit={() => save(text.trim())}
      submit={t(line === null ? 'relay.join' : 'action.save')}
      busy={busy}
      disabled={text.trim() === ''}
      aside={
        line !== null && (
          <Button look="dangerPlain" size="l" disabled={busy} onClick={() => save(null)}>
            {t('relay.takeBack')}
          </Button>
        )
      }
    >
      <TextField
        label={t('relay.mine')}
        data-first
        maxLength={limits.relayLineChars}
        placeholder={body.example}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </FormDialog>
  )
}
