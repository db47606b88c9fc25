import type { Operations } from '@heyi/contract'
import { useEffect, useState } from 'react'
import { post } from '../../app/http'

export type Installation = Operations['identity.getInstallation']['output']

const againMs = 3000

/** What the pages before signing in need to know; asked again until the server answers. */
export function useInstallation(): Installation | null {
  const [installation, setInstallation] = useState<Installation | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let live = true
    const ask = () =>
      post('identity.getInstallation', {}).then(
        (answer) => live && setInstallation(answer),
        () => {
          if (live) timer = setTimeout(ask, againMs)
        },
      )
    void ask()
    return () => {
      live = false
      clearTimeout(timer)
    }
  }, [])
  return installation
}
