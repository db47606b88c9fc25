import { Button } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { FormDialog } from '@heyi/ui/Dialog'
import { TextField } from '@heyi/ui/Field'
import { HoverCard } from '@heyi/ui/HoverCard'
import { Menu, MenuButton, type MenuEntry, type MenuPlace } from '@heyi/ui/Menu'
import { Picture } from '@heyi/ui/Picture'
import { Popover } from '@heyi/ui/Popover'
import { Presence } from '@heyi/ui/Presence'
import { Progress } from '@heyi/ui/Progress'
import { Tag } from '@heyi/ui/Tag'
import { Tooltip } from '@heyi/ui/Tooltip'
import { toast, toastFailure } from '@heyi/ui/toast'
import { Copy, Ellipsis, Moon, Pin, Reply, Trash2 } from 'lucide-react'
import { useState } from 'react'
import styles from './Dev.module.css'
import { Row, Section } from './Specimen'
import { useDevTexts } from './texts'

/** What comes over the page and goes again. */
export function Floating() {
  const texts = useDevTexts()
  const [place, setPlace] = useState<MenuPlace | null>(null)
  const [open, setOpen] = useState(false)
  const [byTime, setByTime] = useState(true)
  const said = (text: string) => () => toast(text)
  const entries: MenuEntry[] = [
    { label: texts.menu.reply, icon: <Reply size={16} />, onSelect: said(texts.menu.reply) },
    { label: texts.menu.copy, icon: <Copy size={16} />, onSelect: said(texts.menu.copy) },
    { label: texts.menu.off, icon: <Pin size={16} />, disabled: true, onSelect: said(texts.menu.off) },
    'line',
    { label: texts.menu.newest, checked: byTime, onSelect: () => setByTime(true) },
    { label: texts.menu.name, checked: !byTime, onSelect: () => setByTime(false) },
    'line',
    { label: texts.menu.hide, icon: <Trash2 size={16} />, danger: true, onSelect: askFirst },
  ]
  function askFirst() {
    confirm({
      title: texts.confirmTitle,
      text: texts.confirmText,
      action: texts.looks.danger,
      danger: true,
      run: async () => toast(texts.looks.danger),
    })
  }
  return (
    <Section title={texts.section.floating}>
      <Row>
        <MenuButton label={texts.openMenu} icon={<Ellipsis size={18} />} entries={entries} />
        <Tooltip text={texts.contextMenu}>
          <button
            type="button"
            className={styles.target}
            onContextMenu={(event) => {
              event.preventDefault()
              setPlace({ x: event.clientX, y: event.clientY })
            }}
            onClick={(event) => setPlace({ x: event.clientX, y: event.clientY })}
          >
            {texts.contextMenu}
          </button>
        </Tooltip>
        <Button onClick={() => setOpen(true)}>{texts.openDialog}</Button>
        <Button look="dangerPlain" onClick={askFirst}>
          {texts.openConfirm}
        </Button>
        <Popover label={texts.openPopover} trigger={<Button>{texts.openPopover}</Button>}>
          <div className={styles.stack}>
            <Progress label={texts.popoverText} value={11 / 14} text="11 / 14" />
            <Button look="soft">{texts.retry}</Button>
          </div>
        </Popover>
        <Button onClick={() => toast(texts.openToast, { label: texts.undo, run: said(texts.undone) })}>
          {texts.openToast}
        </Button>
        <Button onClick={() => toastFailure(texts.openFailure)}>{texts.openFailure}</Button>
        <HoverCard label={() => texts.hoverCard} card={() => <Card />}>
          {(trigger, open) => (
            <button type="button" aria-expanded={open} className={styles.target} {...trigger}>
              {texts.hoverCard}
            </button>
          )}
        </HoverCard>
      </Row>
      <Presence>
        {place && <Menu label={texts.openMenu} place={place} entries={entries} onClose={() => setPlace(null)} />}
      </Presence>
      <Presence>
        {open && (
          <FormDialog
            title={texts.dialogTitle}
            onClose={() => setOpen(false)}
            onSubmit={() => setOpen(false)}
            submit={texts.create}
          >
            <TextField label={texts.groupName} data-first />
          </FormDialog>
        )}
      </Presence>
    </Section>
  )
}

function Card() {
  const texts = useDevTexts()
  return (
    <div className={styles.stack}>
      <div className={styles.person}>
        <Picture id="mem_shen" name={texts.hoverCard} src={null} size={56} presence="rest" />
        <div>
          <b>{texts.hoverCard}</b>{' '}
          <Tag tone="rest" icon={<Moon size={12} />}>
            {texts.presence.rest}
          </Tag>
          <p>{texts.hoverTitle}</p>
          <p className={styles.resting}>{texts.hoverRest}</p>
        </div>
      </div>
      <dl className={styles.facts}>
        <dt>{texts.extension}</dt>
        <dd>8021</dd>
        <dt>{texts.mail}</dt>
        <dd>shenruoxi@qian.example</dd>
      </dl>
      <Button look="primary">{texts.message}</Button>
    </div>
  )
}
