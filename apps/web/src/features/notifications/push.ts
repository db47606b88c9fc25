import type { Client } from '@heyi/client'
import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import { useClient } from '../../app/data'
import { deviceName } from '../../app/device'

const subscribed = 'heyi.push'
const readyMs = 4_000

/** Whether this browser, at this address, can be told while the program is closed. */
export const canPush = (): boolean =>
  window.isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

/** The worker that shows what is pushed; null where none came to be. */
function worker(): Promise<ServiceWorkerRegistration | null> {
  const late = new Promise<null>((done) => setTimeout(() => done(null), readyMs))
  return Promise.race([navigator.serviceWorker.ready, late])
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0))
}

const letters = (key: ArrayBuffer | null): string =>
  btoa(String.fromCharCode(...new Uint8Array(key ?? new ArrayBuffer(0))))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

/**
 * Subscribes this browser at its maker's push service and tells the server.
 * @throws where the browser cannot reach that service
 */
export async function turnPushOn(client: Client, publicKey: string): Promise<void> {
  const registration = await worker()
  if (!registration) throw new Error('no service worker')
  const options = { userVisibleOnly: true, applicationServerKey: bytes(publicKey) }
  await tellServer(client, await registration.pushManager.subscribe(options))
}

async function tellServer(client: Client, subscription: PushSubscription): Promise<void> {
  const p256dh = letters(subscription.getKey('p256dh'))
  const auth = letters(subscription.getKey('auth'))
  await client.call('notifications.subscribePush', {
    endpoint: subscription.endpoint,
    p256dh,
    auth,
    name: deviceName(),
  })
  localStorage.setItem(subscribed, `${client.member} ${subscription.endpoint}`)
}

export async function turnPushOff(): Promise<void> {
  localStorage.removeItem(subscribed)
  const subscription = await (await worker())?.pushManager.getSubscription()
  await subscription?.unsubscribe()
}

/** A push service may give a browser another address at any time; the server is told of it at the next start. */
export function usePush(): void {
  const client = useClient()
  const navigate = useNavigate()
  useEffect(() => {
    if (!canPush()) return
    const told = localStorage.getItem(subscribed)
    if (told === null) return
    const look = async () => {
      const subscription = await (await worker())?.pushManager.getSubscription()
      if (subscription && told !== `${client.member} ${subscription.endpoint}`) await tellServer(client, subscription)
    }
    look().catch((error: unknown) => console.warn('The push service could not be asked', error))
  }, [client])
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return
    const heard = (event: MessageEvent) => {
      const go = (event.data as { go?: unknown } | null)?.go
      if (typeof go === 'string' && go.startsWith('/')) void navigate(go)
    }
    navigator.serviceWorker.addEventListener('message', heard)
    return () => navigator.serviceWorker.removeEventListener('message', heard)
  }, [navigate])
}
