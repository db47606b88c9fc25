import { Banner } from '@heyi/ui/Banner'
import { Button } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Kbd } from '@heyi/ui/Kbd'
import { Picture, type Presence } from '@heyi/ui/Picture'
import { Progress } from '@heyi/ui/Progress'
import { QrCode } from '@heyi/ui/QrCode'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Spinner } from '@heyi/ui/Spinner'
import { Badge, ExternalTag, SampleTag, Tag } from '@heyi/ui/Tag'
import { Check, Moon, WifiOff } from 'lucide-react'
import styles from './Dev.module.css'
import { Row, Section, Specimen } from './Specimen'
import { useDevTexts } from './texts'

const pictures = [20, 24, 28, 36, 40, 48, 56, 88]
const presences: Presence[] = ['present', 'out', 'meeting', 'rest', 'offline']
const tones = ['plain', 'brand', 'ok', 'warn', 'danger', 'info', 'rest', 'ext'] as const

/** What only shows: people, tags, notices, waiting and emptiness. */
export function Showing() {
  const texts = useDevTexts()
  const unread = (count: number) => texts.unread.replace('{count}', String(count))
  return (
    <>
      <Section title={texts.section.people}>
        <Row>
          {pictures.map((size) => (
            <Specimen key={size} label={String(size)}>
              <Picture id="mem_lin" name={texts.nameValue} src={null} size={size} />
            </Specimen>
          ))}
          <Specimen label={texts.groupShop}>
            <Picture id="con_all" name={texts.groupShop} src={null} size={48} shape="square" />
          </Specimen>
          <Specimen label={texts.guest}>
            <Picture id="mem_fang" name={texts.guest} src={null} size={48} external />
          </Specimen>
        </Row>
        <Row>
          {presences.map((presence) => (
            <Specimen key={presence} label={texts.presence[presence]}>
              <Picture id={`mem_${presence}`} name={texts.hoverCard} src={null} size={40} presence={presence} />
            </Specimen>
          ))}
        </Row>
      </Section>
      <Section title={texts.section.words}>
        <Row>
          {tones.map((tone) => (
            <Tag key={tone} tone={tone} size="m" {...(tone === 'rest' && { icon: <Moon size={12} /> })}>
              {texts.tags[tone]}
            </Tag>
          ))}
          <ExternalTag />
          <ExternalTag organisation={texts.organisation} />
          <SampleTag />
          <Badge count={1} label={unread(1)} />
          <Badge count={12} label={unread(12)} />
          <Badge count={126} label={unread(126)} />
          <Badge count={26} muted label={unread(26)} />
          <Badge count={3} dot label={unread(3)} />
          <span>
            {texts.keys} <Kbd keys={['Ctrl', 'K']} />
          </span>
        </Row>
        <div className={styles.stack}>
          <Banner
            tone="warn"
            icon={<WifiOff size={16} />}
            action={
              <Button size="s" look="ghost">
                {texts.retry}
              </Button>
            }
          >
            {texts.offline}
          </Banner>
          <Banner icon={<Spinner size={14} />}>{texts.connecting}</Banner>
          <Banner tone="ok" icon={<Check size={16} />}>
            {texts.caughtUp}
          </Banner>
          <Banner
            tone="rest"
            icon={<Moon size={16} />}
            action={
              <Button size="s" look="ghost">
                {texts.later}
              </Button>
            }
          >
            {texts.resting}
          </Banner>
          <Banner tone="ext">{texts.outside}</Banner>
          <Banner tone="danger">{texts.refused}</Banner>
          <Banner tone="info">{texts.told}</Banner>
        </div>
      </Section>
      <Section title={texts.section.waiting}>
        <div className={styles.grid}>
          <div className={styles.stack}>
            <Progress label={texts.uploading} value={0.4} text="40 %" />
            <Progress label={texts.counting} value={null} />
            <Row>
              <Spinner />
              <Spinner size={28} />
              <QrCode text="https://heyi.example/join/abc" label={texts.title} size={96} />
            </Row>
          </div>
          <Skeleton rows={3} />
          <Empty title={texts.emptyTitle} text={texts.emptyText} />
          <Empty
            drawing="broken"
            title={texts.brokenTitle}
            text={texts.brokenText}
            action={<Button look="soft">{texts.retry}</Button>}
          />
          <Empty
            drawing="none"
            title={texts.nothingTitle}
            text={texts.nothingText}
            action={<Button>{texts.archive}</Button>}
          />
        </div>
      </Section>
    </>
  )
}
