import { limits } from '@heyi/contract/limits'
import { TextField } from '@heyi/ui/Field'
import { useTranslation } from 'react-i18next'
import { accountFault } from '../../identity/rules'
import { DepartmentField } from './DepartmentField'
import styles from './Manage.module.css'

export interface MemberDraft {
  name: string
  account: string
  alias: string
  position: string
  phone: string
  email: string
  departments: string[]
}
export const emptyMember: MemberDraft = {
  name: '',
  account: '',
  alias: '',
  position: '',
  phone: '',
  email: '',
  departments: [],
}

/** Without any of them nobody could sign in. */
export const memberFaults = (draft: MemberDraft, withAccount: boolean) => ({
  name: draft.name.trim() === '',
  account: withAccount && draft.account.trim() !== '' && accountFault(draft.account),
  login: withAccount && [draft.account, draft.phone, draft.email].every((value) => value.trim() === ''),
  phone: draft.phone.trim() !== '' && !/^\+?[0-9 -]{5,20}$/.test(draft.phone.trim()),
  email: draft.email.trim() !== '' && !/^\S+@\S+\.\S+$/.test(draft.email.trim()),
})

interface Props {
  draft: MemberDraft
  onChange: (change: Partial<MemberDraft>) => void
  tried: boolean
  withAccount: boolean
  departmentNames?: Record<string, string>
}

export function MemberForm({ draft, onChange, tried, withAccount, departmentNames }: Props) {
  const { t } = useTranslation()
  const faults = memberFaults(draft, withAccount)
  const field = (key: Exclude<keyof MemberDraft, 'departments'>) => ({
    value: draft[key],
    onChange: (event: { target: { value: string } }) => onChange({ [key]: event.target.value }),
  })
  const account = faults.login ? t('manage.loginMissing') : faults.account ? t('field.accountFault') : null
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label={t('field.name')}
          required
          maxLength={limits.nameChars}
          {...field('name')}
          error={tried && faults.name ? t('field.nameMissing') : null}
        />
        {withAccount && (
          <TextField
            label={t('field.account')}
            autoCapitalize="none"
            spellCheck={false}
            help={t('field.accountHelp')}
            {...field('account')}
            error={tried ? account : null}
          />
        )}
        <TextField label={t('field.alias')} maxLength={limits.nameChars} {...field('alias')} />
        <TextField label={t('field.position')} maxLength={limits.nameChars} {...field('position')} />
        <TextField
          label={t('field.phone')}
          type="tel"
          {...field('phone')}
          error={tried && faults.phone ? t('field.phoneFault') : null}
        />
        <TextField
          label={t('field.email')}
          type="email"
          {...field('email')}
          error={tried && faults.email ? t('field.emailFault') : null}
        />
      </div>
      <DepartmentField
        label={t('field.department')}
        value={draft.departments}
        onChange={(departments) => onChange({ departments })}
        {...(departmentNames && { names: departmentNames })}
      />
    </>
  )
}
