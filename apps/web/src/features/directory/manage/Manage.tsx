import { IconButton } from '@heyi/ui/Button'
import {
  Building2,
  ChevronLeft,
  ClipboardList,
  Link2,
  MessageSquareText,
  Moon,
  Network,
  UserPlus,
  UserRoundCheck,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Navigate, NavLink, useNavigate, useParams } from 'react-router'
import { useMe } from '../../../app/data'
import { useMedia, widths } from '../../../app/media'
import { RestPolicyPage } from '../../rest/RestPolicyPage'
import { Audit } from './Audit'
import { ChatPolicy } from './ChatPolicy'
import { Company } from './Company'
import { Departments } from './Departments'
import { Invitations } from './Invitations'
import { JoinRequests } from './JoinRequests'
import styles from './Manage.module.css'
import { Newcomers } from './Newcomers'

const tabs = {
  newcomers: { Icon: UserPlus, Page: Newcomers },
  invitations: { Icon: Link2, Page: Invitations },
  requests: { Icon: UserRoundCheck, Page: JoinRequests },
  departments: { Icon: Network, Page: Departments },
  chat: { Icon: MessageSquareText, Page: ChatPolicy },
  rest: { Icon: Moon, Page: RestPolicyPage },
  audit: { Icon: ClipboardList, Page: Audit },
  company: { Icon: Building2, Page: Company },
}
type Tab = keyof typeof tabs
const tabNames = Object.keys(tabs) as Tab[]

/** `/people/manage/:tab`: what owners and admins do with the company's people. */
export function Manage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const twoPanes = useMedia(widths.twoPanes)
  const me = useMe()
  const { tab } = useParams()
  const current = tabNames.find((name) => name === tab) ?? (twoPanes ? 'newcomers' : null)
  if (me && me.role === 'member') return <Navigate to="/people" replace />
  const Page = current && tabs[current].Page
  return (
    <>
      {(twoPanes || !current) && (
        <nav className={styles.nav} aria-label={t('manage.title')}>
          <header className={styles.head}>
            <IconButton label={t('manage.back')} onClick={() => navigate('/people')}>
              <ChevronLeft size={20} />
            </IconButton>
            <h1>{t('manage.title')}</h1>
          </header>
          {tabNames.map((name) => {
            const { Icon } = tabs[name]
            return (
              <NavLink
                key={name}
                to={`/people/manage/${name}`}
                className={[styles.tab, name === current && styles.on].filter(Boolean).join(' ')}
                aria-current={name === current ? 'page' : undefined}
              >
                <Icon size={18} />
                {t(`manage.tab.${name}`)}
              </NavLink>
            )
          })}
        </nav>
      )}
      {current && Page && (
        <main className={styles.page}>
          <header className={styles.head}>
            {!twoPanes && (
              <IconButton label={t('action.back')} onClick={() => navigate('/people/manage')}>
                <ChevronLeft size={24} />
              </IconButton>
            )}
            <h2>{t(`manage.tab.${current}`)}</h2>
          </header>
          <div className={styles.body}>
            <Page />
          </div>
        </main>
      )}
    </>
  )
}
