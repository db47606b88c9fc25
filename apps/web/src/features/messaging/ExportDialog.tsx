import type { Profile } from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'
import type { Message } from '@heyi/contract/messaging'
import { Button } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useHeyi, useMyId } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { messageLine, useTitle } from './conversation'
import { exportFile } from './export-file'

/** Takes a conversation out as one file, page by page; it can be stopped. */
export function ExportDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const format = useFormat()
  const chat = useHeyi((held) => held.chat(id))
  const title = useTitle(chat.conversation, chat.members)
  const [count, setCount] = useState<number | null>(null)
  const [state, setState] = useState<'ready' | 'running' | 'done'>('ready')
  const [error, setError] = useState<unknown>(null)
  const stopped = useRef(false)
  useEffect(() => {
    stopped.current = false
    return () => {
      stopped.current = true
    }
  }, [])

  const run = async () => {
    setState('running')
    setError(null)
    setCount(0)
    try {
      const { startedAt, before } = await client.call('messaging.startExport', { conversation: id })
      const { messages, cut } = await readAll(before)
      if (stopped.current) return
      const names = await namesOf(messages)
      const rows = messages.map((message) => ({
        message,
        name: names.get(message.sender)?.name ?? message.sender,
        time: format.dateTime(message.sentAt),
        line: messageLine(client, message, me, t, id),
      }))
      const about = t('export.about', { time: format.dateTime(startedAt), count: rows.length })
      save(exportFile({ title, startedAt, rows, cut }, { locale: i18n.language, about }), `${title}.html`)
      setState('done')
    } catch (failure) {
      if (stopped.current) return
      setError(failure)
      setState('ready')
    }
  }
  const readAll = async (from: number): Promise<{ messages: Message[]; cut: boolean }> => {
    const pages: Message[][] = []
    let [before, total] = [from, 0]
    while (before > 1 && total < limits.exportMessages && !stopped.current) {
      const page = await client.call('messaging.listMessages', { conversation: id, before, limit: limits.pageSize })
      pages.unshift(page.messages.map(({ object }) => object))
      total += page.messages.length
      setCount(total)
      before = page.floor === 0 ? 0 : page.floor + 1
    }
    return { messages: pages.flat(), cut: before > 1 }
  }
  const namesOf = async (messages: Message[]): Promise<Map<string, Profile>> => {
    const ids = [...new Set(messages.map(({ sender }) => sender))]
    const names = new Map<string, Profile>()
    for (let n = 0; n < ids.length; n += limits.profilesPerCall) {
      const { items } = await client.call('directory.listProfiles', { ids: ids.slice(n, n + limits.profilesPerCall) })
      for (const profile of items) names.set(profile.id, profile)
    }
    return names
  }
  return (
    <Dialog
      title={t('export.title')}
      size="s"
      onClose={onClose}
      footer={
        state === 'done' ? (
          <Button look="primary" size="l" onClick={onClose}>
            {t('action.close')}
          </Button>
        ) : (
          <Button look="primary" size="l" busy={state === 'running'} onClick={() => void run()}>
            {t('export.start')}
          </Button>
        )
      }
    >
      <p>{t('export.text', { most: format.number(limits.exportMessages) })}</p>
      {error !== null && <p role="alert">{errorMessage(error)}</p>}
      {count !== null && error === null && (
        <p role="status">{t(state === 'done' ? 'export.done' : 'export.progress', { count })}</p>
      )}
    </Dialog>
  )
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name.replace(/[\\/:*?"<>|]/g, ' ')
  link.click()
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
